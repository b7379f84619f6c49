import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyzeAccess } from "#lib/analysis/analyze-access.ts";
import { pathView } from "#lib/analysis/paths/path-view.ts";
import { paths } from "#lib/cli/commands/paths.ts";
import {
  checkAccess,
  collectLive,
  connectKubeconfigContext,
  listKubeconfigContexts,
  liveCheckRole,
  READER_ACCOUNT,
  readerClusterRole,
} from "#lib/collector/index.ts";
import type { CheckOutcome, ClusterConnection } from "#lib/collector/index.ts";
import type { PathStep } from "#lib/contracts/paths.ts";
import { findPaths } from "#lib/engines/escalation/index.ts";
import { accessReviewKey, type AccessReview } from "#lib/model/access.ts";
import { TOPICS } from "#lib/model/topics.ts";
import { aTerminal } from "#lib/testing/build-terminal.ts";
import { applyObjects } from "./apply.ts";
import { requireControlPlane } from "./assets.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { mintServiceAccountToken } from "./credentials.ts";
import { renderKubeconfig } from "./kubeconfig.ts";
import { loadManifests, parseManifests } from "./manifests.ts";
import { createNodes } from "./nodes.ts";
import { waitForAggregatedRoles, waitForPodsRunning } from "./wait.ts";

const CASES_DIR = fileURLToPath(new URL("./cases/", import.meta.url));
const FULL = requireControlPlane(["kube-controller-manager", "kube-scheduler", "kwok"]);
/** Rights of every form: by a group, by an implicit group, by name, in one namespace, on a URL, everything. */
const PLANTED = `
apiVersion: v1
kind: Namespace
metadata: { name: live }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: minter, namespace: live }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: minter, namespace: ci }
rules:
- { apiGroups: [""], resources: [serviceaccounts/token], resourceNames: [deployer, releaser], verbs: [create] }
- { apiGroups: [""], resources: [pods/exec], verbs: ["*"] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: minter, namespace: ci }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: minter }
subjects:
- { kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:serviceaccounts:live" }
- { kind: Group, apiGroup: rbac.authorization.k8s.io, name: devs }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: helper }
rules:
- { apiGroups: [""], resources: [users, groups, serviceaccounts], verbs: [impersonate] }
- { apiGroups: [""], resources: [nodes/proxy], verbs: [get] }
- { apiGroups: [""], resources: [secrets], verbs: [get, list] }
- { nonResourceURLs: ["/logs/*"], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: helper }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: helper }
subjects:
- { kind: User, apiGroup: rbac.authorization.k8s.io, name: "o'helper@example.com" }
`;
const BINDING = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/ci-deployer";

describe.skipIf(!FULL.available)("a check on the live cluster against a real API server", () => {
  let kube: ControlPlane;
  let admin: ClusterConnection;
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kordon-check-"));
    kube = await startControlPlane();
    await waitForAggregatedRoles(kube);
    await createNodes(kube, [{ name: "node-a" }]);
    const cases = (await loadManifests([CASES_DIR])).objects;
    const own = parseManifests(`${PLANTED}\n---\n${readerClusterRole(TOPICS)}`).objects;
    expect((await applyObjects(kube, [...cases, ...own])).skipped).toEqual([]);
    await waitForPodsRunning(kube, 60_000);
    admin = await connectKubeconfigContext([kube.kubeconfigPath], undefined);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await kube?.stop();
  });

  const asReader = async (): Promise<ClusterConnection> => {
    const token = await mintServiceAccountToken(kube, "kordon", "kordon-reader");
    return { ...admin, authorize: () => Promise.resolve({ headers: [["authorization", `Bearer ${token}`]] }) };
  };

  const readerKubeconfig = async (): Promise<string> => {
    const token = await mintServiceAccountToken(kube, "kordon", "kordon-reader");
    const path = join(folder, "kubeconfig");
    await writeFile(path, renderKubeconfig({ server: kube.server, caPem: kube.caPem, user: { token } }));
    return path;
  };

  /** `kordon paths --check-live` for the planted account. */
  async function runPaths(kubeconfig: string, ...args: readonly string[]) {
    const terminal = aTerminal();
    const [context] = await listKubeconfigContexts([kubeconfig]);
    const source = ["--context", context?.name ?? "", "--kubeconfig", kubeconfig];
    const status = await paths.run(
      [...source, "--from", "ServiceAccount:ci/deployer", "--check-live", ...args],
      terminal,
    );
    return { status, out: terminal.out() };
  }

  /** Every step that some subject takes on some path to anything, working or not, and every question behind them. */
  async function questionsOfAllPaths() {
    const analysis = analyzeAccess(await collectLive(admin, { clusterName: "real" }));
    const { graph } = analysis.escalation;
    const targets = graph.vertices.flatMap(({ type }, position) =>
      ["target", "namespace-admin", "subject", "account"].includes(type) ? [position] : [],
    );
    const steps: PathStep[] = [];
    for (const subject of graph.model.subjects.keys())
      for (const target of targets)
        for (const path of findPaths(graph, graph.sourceOf(subject), target, { max: 3, may: () => true }))
          if (path.steps.length > 0) steps.push(...pathView(graph, path, target).steps);
    const reviews = new Map<string, AccessReview>();
    for (const { needs } of steps)
      for (const need of needs) for (const review of need.reviews) reviews.set(accessReviewKey(review), review);
    return { steps, reviews: [...reviews.values()] };
  }

  it("agrees with every right of every path of every subject", { timeout: 240_000 }, async () => {
    const { steps, reviews } = await questionsOfAllPaths();
    expect(reviews.length).toBeGreaterThan(50);
    expect(new Set(steps.map(({ id }) => id)).size).toBeGreaterThan(15);
    const users = new Set(reviews.map(({ who }) => who.user));
    for (const user of ["", "o'helper@example.com", "system:serviceaccount:ci:deployer"]) expect(users).toContain(user);
    const outcomes: CheckOutcome[] = [];
    for (let start = 0; start < reviews.length; start += 200) {
      const check = await checkAccess(admin, reviews.slice(start, start + 200));
      if (check.type !== "answered") throw new Error("the administrator may ask");
      outcomes.push(...check.outcomes);
    }
    expect(outcomes).toHaveLength(reviews.length);
    const others = reviews.filter((_, index) => outcomes[index]?.answer !== "allowed");
    expect(others).toEqual([]);
  });

  it("prints at each right of a path what the API server says", async () => {
    const { status, out } = await runPaths(kube.kubeconfigPath, "-o", "json");
    expect(status).toBe(1);
    const { paths: found } = JSON.parse(out) as { paths: { steps: { because: { request?: string }[] }[] }[] };
    const rights = found[0]?.steps.flatMap(({ because }) => because.filter(({ request }) => request !== undefined));
    expect(rights?.length).toBeGreaterThan(1);
    for (const right of rights ?? []) expect(right).toMatchObject({ live: { answer: "allowed" } });
    expect((await runPaths(kube.kubeconfigPath, "-o", "table")).out).toContain("the API server agrees");
  });

  it("names the right that the reader lacks; the printed role gives it and nothing more", async () => {
    const { reviews } = await questionsOfAllPaths();
    const reader = await asReader();
    const refused = await checkAccess(reader, reviews.slice(0, 3));
    await expect(runPaths(await readerKubeconfig())).rejects.toMatchObject({
      code: "cluster_forbidden",
      hint: expect.stringContaining("--with-live-check"),
    });
    expect(refused).toMatchObject({ type: "refused", identity: { username: READER_ACCOUNT } });
    const { objects } = parseManifests(liveCheckRole(READER_ACCOUNT));
    expect((await applyObjects(kube, objects)).skipped).toEqual([]);
    await expect.poll(async () => (await checkAccess(reader, reviews.slice(0, 3))).type).toBe("answered");
  }, 240_000);

  it("disagrees as soon as a binding is gone, and leaves the other rights", { timeout: 240_000 }, async () => {
    const { reviews } = await questionsOfAllPaths();
    const ofDeployer = reviews.filter(({ who }) => who.user === "system:serviceaccount:ci:deployer");
    const ofHelper = reviews.filter(({ who }) => who.user === "o'helper@example.com");
    expect(ofDeployer.length).toBeGreaterThan(1);
    expect(ofHelper.length).toBeGreaterThan(1);
    expect((await kube.request("DELETE", BINDING)).status).toBe(200);
    const answersOf = async (list: readonly AccessReview[]) => {
      const check = await checkAccess(admin, list);
      return check.type === "answered" ? [...new Set(check.outcomes.map(({ answer }) => answer))] : [];
    };
    // The authorizer hears of the change through its own watch.
    await expect.poll(() => answersOf(ofDeployer)).toEqual(["denied"]);
    expect(await answersOf(ofHelper)).toEqual(["allowed"]);
  });
});
