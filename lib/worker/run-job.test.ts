import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { aServer, type TestServer } from "#lib/testing/build-server.ts";
import type { ClusterRecord, JobRecord, StoredSource } from "../store/index.ts";
import { runJob } from "./run-job.ts";

const OWNER = "worker";
const MANIFESTS = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: ci, namespace: shop}]
`;

let server: TestServer;
let file = "";
beforeEach(async () => {
  server = await aServer();
  file = join(server.folder, "manifests.yaml");
  await writeFile(file, MANIFESTS);
  vi.stubEnv("KORDON_DATA", server.folder); // the thread reads its own configuration
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.dispose();
});

const aCluster = (source: StoredSource = { type: "manifests", paths: [file] }): Promise<ClusterRecord> =>
  server.context.store.createCluster({ name: "prod", source, createdAt: 1 });

/** A scan of the cluster, leased `attempts` times: all but the last of them ran out. */
async function aLeasedScan(clusterId: string, attempts = 1): Promise<JobRecord> {
  const { store } = server.context;
  let job: JobRecord | null = await store.enqueueJob({ kind: "scan", clusterId, requestedAt: Date.now() });
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const now = Date.now();
    job = await store.leaseJob({ owner: OWNER, now, leaseUntil: attempt < attempts ? now : now + 60_000 });
  }
  if (!job) throw new Error("there was no job to lease");
  return job;
}

async function run(job: JobRecord, signal = new AbortController().signal): Promise<JobRecord> {
  const { store, config, log } = server.context;
  await runJob(job, { owner: OWNER, store, config, log, signal });
  return store.getJob(job.id);
}

const scansOf = async (clusterId: string) =>
  (await server.context.store.listScans(clusterId)).map(({ state, error }) => [state, error?.code ?? null]);

it("saves a whole scan; a later failure is stored beside it and leaves it as it was", async () => {
  const { store } = server.context;
  const { id } = await aCluster();
  expect(await run(await aLeasedScan(id))).toMatchObject({ state: "done", error: null });
  const good = await store.findLatestScan(id, "complete");
  expect(good?.findings?.critical).toBeGreaterThan(0);
  const content = await store.readScanContent(good?.id ?? "");

  await writeFile(file, "kind: [broken");
  expect(await run(await aLeasedScan(id))).toMatchObject({ state: "failed", error: { code: "invalid_input" } });
  expect(await scansOf(id)).toEqual([
    ["failed", "invalid_input"],
    ["complete", null],
  ]);
  expect(await store.findLatestScan(id, "complete")).toEqual(good);
  expect(await store.readScanContent(good?.id ?? "")).toEqual(content);
  expect(await store.listFindings(id, good?.sequence ?? 0)).not.toEqual([]);
});

it.each([
  { attempts: 2, state: "done", scans: [["complete", null]] },
  { attempts: 3, state: "interrupted", scans: [["interrupted", "unavailable"]] },
])("at attempt $attempts ends $state", async ({ attempts, state, scans }) => {
  const { id } = await aCluster();
  expect((await run(await aLeasedScan(id, attempts))).state).toBe(state);
  expect(await scansOf(id)).toEqual(scans);
});

it.each([
  { name: "while it runs", before: false },
  { name: "before it starts", before: true },
])("is interrupted when the worker stops $name", async ({ before }) => {
  // A new demo cluster gets ten days of history: there is time to stop.
  const { id } = await aCluster({ type: "demo", name: "messy" });
  const job = await aLeasedScan(id);
  const stop = new AbortController();
  if (before) stop.abort();
  const ended = run(job, stop.signal);
  stop.abort();
  expect(await ended).toMatchObject({ state: "interrupted", error: { code: "cancelled" } });
  const scans = await scansOf(id);
  expect(scans[0]).toEqual(["interrupted", "cancelled"]);
  expect(scans.length).toBeLessThan(10);
});

it("ends quietly when its cluster was removed meanwhile", async () => {
  const { store, config, log } = server.context;
  const { id } = await aCluster();
  const job = await aLeasedScan(id);
  await store.deleteCluster(id);
  await runJob(job, { owner: OWNER, store, config, log, signal: new AbortController().signal });
  expect(await store.listClusters()).toEqual([]);
  expect(server.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
});
