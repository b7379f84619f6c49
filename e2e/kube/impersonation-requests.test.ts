import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectLive, connectKubeconfigContext } from "#lib/collector/index.ts";
import { compileAccess, decideImpersonation } from "#lib/engines/rbac/index.ts";
import type { AccessModel, ImpersonationDecision } from "#lib/engines/rbac/index.ts";
import { isResourceRequest } from "#lib/model/access.ts";
import type { AccessRequest } from "#lib/model/access.ts";
import { applyObjects } from "./apply.ts";
import { requireControlPlane } from "./assets.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { createImpersonationClient } from "./impersonation-client.ts";
import type { ImpersonationClient } from "./impersonation-client.ts";
import { AGENT, BOUND_NODE, generateImpersonations, REQUESTERS } from "./impersonation-generate.ts";
import type { ImpersonationQuestion } from "./impersonation-generate.ts";
import { asRecord, asText } from "./json.ts";
import { listStoredRbac } from "./write-requests-stored.ts";

const AVAILABLE = requireControlPlane().available;
/** `KORDON_SEED` repeats a run that failed elsewhere, or tries another one. */
const DEFAULT_SEED = 20261123;
const SEED = Number(process.env["KORDON_SEED"] ?? DEFAULT_SEED);
const PER_REQUESTER = 24;
const RECORDED_FOLDER = new URL("../../lib/engines/rbac/recorded/", import.meta.url);
const NODES_GROUP = "system:nodes";

/** `no-user`, `refused` (the impersonation), `request` (the impersonated request) or `allowed`. */
type Answer = string;

// 1.35 knows `impersonate` alone, unless told otherwise.
describe.skipIf(!AVAILABLE).each([
  { minor: 37, options: {} },
  { minor: 35, options: { emulatedVersion: "1.35" } },
])("impersonation against a real API server of version 1.$minor", ({ minor, options }) => {
  const world = generateImpersonations(SEED, PER_REQUESTER);
  let kube: ControlPlane;
  let client: ImpersonationClient;
  let model: AccessModel;
  let answers: readonly Answer[];
  beforeAll(async () => {
    const tokens = REQUESTERS.map((user) => ({ token: `token-of-${user}`, user, uid: user, groups: [] }));
    const components = { "kube-controller-manager": false, "kube-scheduler": false, kwok: false };
    kube = await startControlPlane({ components, tokens, ...options });
    client = createImpersonationClient(kube);
    expect((await applyObjects(kube, world.objects)).skipped).toEqual([]);
    const connection = await connectKubeconfigContext([kube.kubeconfigPath], undefined);
    model = compileAccess(await collectLive(connection, { clusterName: "x" }));
    answers = await askAll(client, world.questions, await mintBoundToken(kube));
  });
  afterAll(async () => {
    client?.close();
    await kube?.stop();
  });

  it(`agrees with ${String(world.questions.length)} generated requests, and with what is refused`, () => {
    const differences = world.questions.flatMap((question, index) => {
      const { who, target, request } = question;
      const decision = decideImpersonation(model, who, target, request, { minor });
      if (answerOf(decision) === answers[index] || isLeftOpen(decision)) return [];
      return [
        `seed ${String(SEED)}: ${JSON.stringify(question)}: the server ${answers[index]}, we ${JSON.stringify(decision)}`,
      ];
    });
    expect(differences).toEqual([]);
    const open = world.questions.filter(({ who, target, request }) =>
      isLeftOpen(decideImpersonation(model, who, target, request, { minor })),
    );
    expect(open.length).toBeLessThan(world.questions.length / 6);
    for (const answer of ["allowed", "refused", "request"]) {
      const share = answers.filter((other) => other === answer).length / answers.length;
      expect(share, answer).toBeGreaterThan(0.04); // every answer occurs often, or the comparison would say little
    }
    if (SEED !== DEFAULT_SEED) return; // small worlds need not have every mode
    const modes = world.questions.map(({ who, target, request }) => {
      const decision = decideImpersonation(model, who, target, request, { minor });
      return "mode" in decision ? decision.mode : "";
    });
    const constrained = ["associated-node", "arbitrary-node", "serviceaccount", "user-info"];
    for (const mode of minor < 36 ? ["legacy"] : ["legacy", ...constrained]) expect(modes).toContain(mode);
  });

  it.runIf(process.env["KORDON_RECORD"] === "1")("records the answers", async () => {
    const stored = await listStoredRbac(kube);
    const lines = [
      { server: kube.version, minor, seed: SEED },
      ...stored.map((object) => ({ stored: object })),
      ...world.questions.map((question, index) => ({ ...question, answer: answers[index] })),
    ];
    const file = fileURLToPath(new URL(`impersonations-1.${String(minor)}.jsonl`, RECORDED_FOLDER));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  });
});

/** A token of the account `agent` bound to a node, as one in a pod of that node is. */
async function mintBoundToken(kube: ControlPlane): Promise<string> {
  const node = await kube.request("GET", `/api/v1/nodes/${BOUND_NODE}`);
  const uid = asText(asRecord(asRecord(node.body)["metadata"])["uid"]);
  const { status, body } = await kube.request("POST", "/api/v1/namespaces/alpha/serviceaccounts/agent/token", {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: 3_600, boundObjectRef: { apiVersion: "v1", kind: "Node", name: BOUND_NODE, uid } },
  });
  if (status !== 201) throw new Error(`token of agent: ${JSON.stringify(body)}`);
  return asText(asRecord(asRecord(body)["status"])["token"]);
}

async function askAll(
  client: ImpersonationClient,
  questions: readonly ImpersonationQuestion[],
  agentToken: string,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const queue = questions.entries();
  const runner = async () => {
    for (const [index, { who, target, request }] of queue) {
      const { user, groups, uid, extra } = target;
      const as = { ...(user === "" ? {} : { user }), groups, ...(uid === "" ? {} : { uid }), extra };
      const token = who.user === AGENT ? agentToken : `token-of-${who.user}`;
      const { status, body } = await client.send("GET", pathOf(request), { as, token });
      answers[index] = classify(status, asText(asRecord(body)["message"]), who.user);
    }
  };
  await Promise.all(Array.from({ length: 4 }, runner));
  return answers;
}

/** A refusal names the user who lacks the right: the one who impersonates, or the impersonated one. */
function classify(status: number, message: string, requester: string): Answer {
  if (status === 200 || status === 404) return "allowed"; // allowed to read what is not there
  if (status === 400) return "no-user";
  if (status !== 403) return `${String(status)} ${message}`;
  const isRequester =
    message.includes(`User ${JSON.stringify(requester)} cannot`) || message.includes("impersonating ");
  return isRequester ? "refused" : "request";
}

function pathOf(request: AccessRequest): string {
  if (!isResourceRequest(request)) return request.path;
  const place = request.namespace === "" ? "" : `/namespaces/${request.namespace}`;
  return `/api/v1${place}/${request.resource}${request.name === "" ? "" : `/${request.name}`}`;
}

function answerOf(decision: ImpersonationDecision): Answer {
  return decision.verdict === "denied" ? decision.reason : decision.verdict;
}

/**
 * What a node may read depends on the pods that run on it; and which of two modes the server tries first, on what it was asked
 * before.
 */
function isLeftOpen(decision: ImpersonationDecision): boolean {
  if (decision.verdict !== "unknown") return false;
  return decision.reason === "mode-order" || decision.as?.groups.includes(NODES_GROUP) === true;
}
