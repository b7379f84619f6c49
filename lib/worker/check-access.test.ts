import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accessCheckSchema, MOST_REVIEWS } from "#lib/contracts/access-check.ts";
import { progressSchema } from "#lib/contracts/jobs.ts";
import type { AccessReview } from "#lib/model/access.ts";
import type { JobRecord } from "#lib/store/index.ts";
import { aServer, type TestServer } from "#lib/testing/build-server.ts";
import { startScriptedApiServer, statusAnswer, type ScriptedApiServer } from "#lib/testing/scripted-api-server.ts";
import { runJob } from "./run-job.ts";

const OWNER = "worker";
const PATH = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
let api: ScriptedApiServer;
let server: TestServer;
beforeAll(async () => {
  api = await startScriptedApiServer();
});
afterAll(() => api.close());
beforeEach(async () => {
  api.reset();
  server = await aServer();
  const kubeconfig = join(server.folder, "kubeconfig");
  await writeFile(kubeconfig, kubeconfigOf());
  vi.stubEnv("KORDON_DATA", server.folder); // the thread reads its own configuration
  vi.stubEnv("KORDON_KUBECONFIG", kubeconfig);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.dispose();
});

function kubeconfigOf(): string {
  const data = Buffer.from(api.caPem).toString("base64");
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server: api.server, "certificate-authority-data": data } }],
    users: [{ name: "u", user: { token: "canary" } }],
    contexts: [{ name: "prod", context: { cluster: "c", user: "u" } }],
  });
}

const review = (verb: string): AccessReview => ({
  who: { user: "alice", groups: ["system:authenticated"] },
  request: { verb, apiGroup: "", resource: "secrets", subresource: "", namespace: "", name: "" },
});

/** Runs one check to its end, in its thread. */
async function run(request: unknown): Promise<JobRecord> {
  const { store, config, log } = server.context;
  const source = { type: "kubeconfig-context", context: "prod", server: api.server } as const;
  const { id: clusterId } = await store.createCluster({ name: "prod", source, createdAt: 1 });
  await store.enqueueJob({ kind: "check-access", clusterId, request: JSON.stringify(request), requestedAt: 1 });
  const now = Date.now();
  const job = await store.leaseJob({ owner: OWNER, now, leaseUntil: now + 60_000 });
  if (!job) throw new Error("there was no job to lease");
  await runJob(job, { owner: OWNER, store, config, log, signal: new AbortController().signal });
  return store.getJob(job.id);
}
const resultOf = ({ result }: JobRecord) => accessCheckSchema.parse(JSON.parse(result ?? ""));
const answersAll = (allowed: boolean) =>
  api.use(({ path }) => (path === PATH ? { json: { status: { allowed } }, status: 201 } : undefined));

it("asks each question once and keeps what the API server said, with the time and the server", async () => {
  answersAll(true);
  const before = Date.now();
  const job = await run({ scanId: "scan", reviews: [review("get"), review("list"), review("get")] });
  expect(job).toMatchObject({ state: "done", error: null });
  const result = resultOf(job);
  expect(result).toEqual({
    type: "answered",
    scanId: "scan",
    server: api.server,
    checkedAt: expect.any(String),
    answers: ["get", "list"].map((verb) => ({ review: review(verb), outcome: { answer: "allowed" } })),
  });
  expect(Date.parse(result.checkedAt)).toBeGreaterThanOrEqual(before);
  expect(api.requests.filter(({ path }) => path === PATH)).toHaveLength(2);
  expect(job.result).not.toContain("canary");
});

it("says how far it is", async () => {
  let asked = 0;
  api.use(({ path }) => {
    if (path !== PATH) return undefined;
    // The last question waits for longer than the worker takes to store its progress.
    return (asked += 1) < 3
      ? { json: { status: { allowed: true } }, status: 201 }
      : statusAnswer(429, "TooManyRequests", { headers: { "retry-after": asked < 4 ? "2" : "0" } });
  });
  const { store } = server.context;
  const renew = vi.spyOn(store, "renewJob");
  const job = await run({ scanId: "scan", reviews: ["get", "list", "watch"].map(review) });
  expect(job.state).toBe("done");
  const seen = renew.mock.calls.flatMap(([{ progress }]) =>
    progress === null ? [] : [progressSchema.parse(JSON.parse(progress))],
  );
  expect(seen).toContainEqual({ phase: "asking", kind: null, objects: 0, kindsDone: 2, kindsTotal: 3 });
}, 30_000);

it("names the right that its credential lacks and prints the role for exactly this account", async () => {
  api.use(({ path }) => (path === PATH ? statusAnswer(403, "Forbidden") : undefined));
  const username = "system:serviceaccount:tools:kordon";
  api.use(({ path }) =>
    path.endsWith("/selfsubjectreviews")
      ? { json: { status: { userInfo: { username, groups: [] } } }, status: 201 }
      : undefined,
  );
  const result = resultOf(await run({ scanId: "scan", reviews: [review("get")] }));
  expect(result).toMatchObject({
    type: "refused",
    missing: "create subjectaccessreviews.authorization.k8s.io",
    identity: username,
  });
  expect(result.type === "refused" && result.clusterRole).toContain("name: kordon\n    namespace: tools\n");
});

it("fails when the server cannot be reached, and says so", async () => {
  api.use(({ path }) => (path === PATH ? statusAnswer(401, "Unauthorized") : undefined));
  const job = await run({ scanId: "scan", reviews: [review("get")] });
  expect(job).toMatchObject({ state: "failed", result: null, error: { code: "cluster_unauthorized" } });
});

it.each([
  { name: "nothing to ask", request: { scanId: "scan", reviews: [] } },
  { name: "no request", request: null },
  {
    name: "more questions than any check has",
    request: { scanId: "scan", reviews: Array.from({ length: MOST_REVIEWS + 1 }, (_, index) => review(`v${index}`)) },
  },
  { name: "a question of another shape", request: { scanId: "scan", reviews: [{ spec: { user: "alice" } }] } },
])("sends nothing for a stored request with $name", async ({ request }) => {
  answersAll(true);
  expect(await run(request)).toMatchObject({ state: "failed", error: { code: "internal" } });
  expect(api.requests).toEqual([]);
});
