import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config/config.ts";
import type { Logger } from "../config/logger.ts";
import { loadWorkerKeys } from "../credentials/worker-key.ts";
import { DEMO_CLUSTERS } from "../demo/index.ts";
import { AppError } from "../model/app-error.ts";
import type { JobKind, Store } from "../store/index.ts";
import { DEMO_DOCUMENT, WORKER_DOCUMENT } from "./documents.ts";
import { LEASE_MS, runJob, type JobContext } from "./run-job.ts";

const POLL_MS = 250;
const HEARTBEAT_MS = 3_000;
/** Short jobs never wait for scans, nor for a check, of which a busy API server may make a minute. */
const SHORT_JOBS: readonly JobKind[] = ["test-connection", "refresh-sources"];

/**
 * The worker's loop: takes jobs from the store until `signal` is aborted, then waits for the running ones to end.
 * Several workers may share a store.
 */
export async function runWorker(store: Store, config: Config, log: Logger, signal: AbortSignal): Promise<void> {
  const { publicJwk } = await loadWorkerKeys(config.keyPath);
  const beat = () =>
    store.putDocument(
      WORKER_DOCUMENT,
      JSON.stringify({ publicJwk, allowedNetworks: config.allowedNetworks }),
      Date.now(),
    );
  await beat();
  const heartbeat = setInterval(
    () => void beat().catch((error: unknown) => log.error({ err: error }, "heartbeat failed")),
    HEARTBEAT_MS,
  );
  await store.enqueueJob({ kind: "refresh-sources", clusterId: null, requestedAt: Date.now() });
  if (config.demo) await addDemoClusters(store);
  const context: Omit<JobContext, "owner"> = { store, config, log, signal };
  log.info("worker ready");
  const lanes = [
    lane(context, SHORT_JOBS),
    lane(context, ["check-access"]),
    ...Array.from({ length: config.scanConcurrency }, () => lane(context, ["scan"])),
  ];
  await Promise.all(lanes);
  clearInterval(heartbeat);
}

/** One job after the other, of the given kinds. */
async function lane(context: Omit<JobContext, "owner">, kinds: readonly JobKind[]): Promise<void> {
  const { store, log, signal } = context;
  while (!signal.aborted) {
    try {
      const now = Date.now();
      // A new owner for every lease: a worker must not take its own expired job for one it still holds.
      const owner = randomUUID();
      const job = await store.leaseJob({ owner, now, leaseUntil: now + LEASE_MS, kinds });
      if (job) await runJob(job, { ...context, owner });
      else await sleep(POLL_MS, undefined, { signal }).catch(ignoreAbort);
    } catch (error) {
      log.error({ err: error }, "job loop failed; trying again");
      await sleep(HEARTBEAT_MS, undefined, { signal }).catch(ignoreAbort);
    }
  }
}

/** Waking up early is what an abort is for. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}

/** Adds the demo fleet to a store that never had it, and asks for its first scans. */
async function addDemoClusters(store: Store): Promise<void> {
  if ((await store.findDocument(DEMO_DOCUMENT)) !== null) return;
  for (const { name, title } of DEMO_CLUSTERS) {
    const cluster = await store.createCluster({ name: title, source: { type: "demo", name }, createdAt: Date.now() });
    await store.enqueueJob({ kind: "scan", clusterId: cluster.id, requestedAt: Date.now() }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === "conflict")) throw error;
    });
  }
  await store.putDocument(DEMO_DOCUMENT, "{}", Date.now());
}
