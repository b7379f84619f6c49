import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectKubeconfigContext, collectLive } from "#lib/collector/index.ts";
import { compileAccess, decideWithAuthorizers } from "#lib/engines/rbac/index.ts";
import type { AccessModel } from "#lib/engines/rbac/index.ts";
import type { AccessDecision } from "#lib/model/access.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { readSnapshotFile, writeSnapshotFile } from "#lib/snapshot/index.ts";
import { applyObjects } from "./apply.ts";
import { requireControlPlane } from "./assets.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { generateNodeQuestions, isLimitedByGraph } from "./generate-node-questions.ts";
import { generateRbac } from "./generate-rbac.ts";
import { asItems, asRecord } from "./json.ts";
import { askServer } from "./subject-access-review.ts";
import type { AccessQuestion } from "./subject-access-review.ts";
import { waitFor, waitForAggregatedRoles } from "./wait.ts";

const WITH_CONTROLLERS = requireControlPlane(["kube-controller-manager"]);
/** `KORDON_SEED` repeats a run that failed elsewhere, or tries another one. */
const SEED = Number(process.env["KORDON_SEED"] ?? "20261123");
const QUESTIONS = 6_000;

describe.skipIf(!WITH_CONTROLLERS.available)("access decisions against a real API server", () => {
  const rbac = generateRbac(SEED, QUESTIONS);
  let kube: ControlPlane;
  let snapshot: ClusterSnapshot;
  let model: AccessModel;
  let answers: readonly boolean[];
  beforeAll(async () => {
    kube = await startControlPlane({ components: { "kube-scheduler": false, kwok: false } });
    expect((await applyObjects(kube, rbac.objects)).skipped).toEqual([]);
    await waitForAggregatedRoles(kube);
    for (const name of rbac.aggregatedRoles) await waitForRules(kube, name);
    snapshot = await collectLive(await connectKubeconfigContext([kube.kubeconfigPath], undefined), {
      clusterName: "x",
    });
    model = compileAccess(snapshot);
    answers = await askServer(kube, rbac.questions);
  });
  afterAll(() => kube?.stop());

  it(`agrees with SubjectAccessReview on ${String(QUESTIONS)} generated requests`, () => {
    expect(differences(model, rbac.questions, answers)).toEqual([]);
    const allowed = answers.filter(Boolean).length;
    expect(allowed).toBeGreaterThan(QUESTIONS / 10); // both answers occur often, or the comparison would say little
    expect(allowed).toBeLessThan(QUESTIONS / 2);
  });

  it("names a grant that the cluster really has for every right that is allowed", () => {
    for (const { who, request } of rbac.questions) {
      const decision = decideWithAuthorizers(model, who, request);
      if (decision.verdict !== "allowed" || !("grant" in decision)) continue;
      const { binding, role, ruleIndex } = decision.grant;
      const list = role.kind === "Role" ? snapshot.objects.roles : snapshot.objects.clusterRoles;
      const found = list.find(
        ({ metadata }) =>
          metadata.name === role.name && (role.kind !== "Role" || metadata.namespace === role.namespace),
      );
      expect(found?.rules[ruleIndex], JSON.stringify({ seed: SEED, who, request, binding })).toBeDefined();
    }
  });

  it("gives the same decisions from a saved snapshot", async () => {
    const path = join(kube.dir, "snapshot.json.gz");
    await writeSnapshotFile(snapshot, path);
    const saved = compileAccess(await readSnapshotFile(path));
    for (const { who, request } of rbac.questions)
      expect(decideWithAuthorizers(saved, who, request)).toEqual(decideWithAuthorizers(model, who, request));
  });

  it("never calls a node's request allowed or denied when the Node authorizer says otherwise", async () => {
    const questions = generateNodeQuestions(SEED);
    const real = await askServer(kube, questions);
    expect(differences(model, questions, real, isLimitedByGraph)).toEqual([]);
    const verdicts = questions.map(({ who, request }) => decideWithAuthorizers(model, who, request).verdict);
    for (const verdict of ["allowed", "denied", "unknown"] as const) expect(verdicts).toContain(verdict);
  });
});

/** Requests with another answer than the server's, with everything that is needed to try them again. */
function differences(
  model: AccessModel,
  questions: readonly AccessQuestion[],
  answers: readonly boolean[],
  mayBeUnknown: (question: AccessQuestion) => boolean = () => false,
): readonly string[] {
  return questions.flatMap((question, index) => {
    const server = answers[index] === true ? "allowed" : "denied";
    const decision = decideWithAuthorizers(model, question.who, question.request);
    if (decision.verdict === server || (decision.verdict === "unknown" && mayBeUnknown(question))) return [];
    return [`seed ${String(SEED)}: ${JSON.stringify(question)}: the server says ${server}, we ${describeOf(decision)}`];
  });
}

const describeOf = (decision: AccessDecision) => JSON.stringify(decision);

async function waitForRules(kube: ControlPlane, name: string): Promise<void> {
  let previous = "";
  await waitFor(`ClusterRole ${name} is filled`, 60_000, async () => {
    const { body } = await kube.request("GET", `/apis/rbac.authorization.k8s.io/v1/clusterroles/${name}`);
    const rules = asItems(asRecord(body)["rules"]);
    const current = JSON.stringify(rules);
    const settled = rules.length > 0 && current === previous;
    previous = current;
    return settled ? true : null;
  });
}
