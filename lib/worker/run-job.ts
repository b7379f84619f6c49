import { Worker } from "node:worker_threads";
import type { Config } from "../config/config.ts";
import type { Logger } from "../config/logger.ts";
import { AppError } from "../model/app-error.ts";
import type { JobRecord, Store, StoredError } from "../store/index.ts";
import type { ThreadMessage } from "./thread-message.ts";

/** How long a lease holds; the worker renews it several times in between. */
export const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 1_000;
const STOP_GRACE_MS = 5_000;
const MAX_ATTEMPTS = 2;

type Outcome =
  | { readonly state: "done"; readonly result: string | null }
  | { readonly state: "failed" | "interrupted"; readonly error: StoredError };

export interface JobContext {
  readonly owner: string;
  readonly store: Store;
  readonly config: Config;
  readonly log: Logger;
  /** Aborted when the worker stops. */
  readonly signal: AbortSignal;
}

/** Does one leased job in a thread, keeps its lease, stores its progress, and ends it whatever happens. Never rejects for a failed job. */
export async function runJob(job: JobRecord, context: JobContext): Promise<void> {
  const { store, owner, log } = context;
  const startedAt = Date.now();
  const outcome = job.attempt > MAX_ATTEMPTS ? gaveUp() : await runThread(job, context);
  const error = outcome.state === "done" ? null : outcome.error;
  log.info(
    { job: job.id, kind: job.kind, state: outcome.state, code: error?.code, durationMs: Date.now() - startedAt },
    "job ended",
  );
  const result = outcome.state === "done" ? outcome.result : null;
  const kept = await store.finishJob({
    id: job.id,
    owner,
    state: outcome.state,
    result,
    error,
    finishedAt: Date.now(),
  });
  if (!kept) {
    // Whoever has the job now says how it ended.
    log.warn({ job: job.id }, "the job was taken over or removed");
    return;
  }
  if (job.kind === "scan" && job.clusterId !== null && outcome.state !== "done") {
    await store
      .saveFailedScan({
        clusterId: job.clusterId,
        state: outcome.state,
        startedAt: job.startedAt ?? startedAt,
        finishedAt: Date.now(),
        error: outcome.error,
      })
      .catch((cause: unknown) => {
        // The cluster was removed meanwhile, and its scans with it.
        if (!(cause instanceof AppError && cause.code === "not_found")) throw cause;
      });
  }
}

function gaveUp(): Outcome {
  const error = {
    code: "unavailable",
    message: "The worker ended twice in the middle of this job",
    hint: "Look at the worker's log, then start it again.",
  };
  return { state: "interrupted", error };
}

function runThread(job: JobRecord, { owner, store, config, log, signal }: JobContext): Promise<Outcome> {
  return new Promise((resolve) => {
    const thread = new Worker(new URL("./job-thread.ts", import.meta.url), {
      workerData: { kind: job.kind, clusterId: job.clusterId, request: job.request },
      resourceLimits: { maxOldGenerationSizeMb: config.scanMemoryMib },
    });
    let outcome: Outcome | null = null;
    let progress: string | null = null;
    const end = (value: Outcome) => {
      outcome ??= value;
      void thread.terminate();
    };
    const renewal = setInterval(() => {
      void store.renewJob({ id: job.id, owner, leaseUntil: Date.now() + LEASE_MS, progress }).then(
        (kept) => {
          if (!kept) end(interrupted("The job was taken away, for example because its cluster was removed"));
        },
        (error: unknown) => log.error({ err: error, job: job.id }, "lease not renewed"),
      );
    }, RENEW_EVERY_MS);
    const deadline = setTimeout(
      () =>
        end({
          state: "failed",
          error: { code: "cluster_timeout", message: "The job took longer than the limit and was ended" },
        }),
      config.scanTimeoutMs,
    );
    const stop = () => {
      thread.postMessage("stop");
      setTimeout(() => end(interrupted("The worker was stopped")), STOP_GRACE_MS).unref();
    };
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    thread.on("message", (message: ThreadMessage) => {
      if (message.type === "progress") progress = JSON.stringify(message.progress);
      else if (message.type === "done") outcome ??= { state: "done", result: message.result };
      else if (message.type === "failed")
        outcome ??=
          message.error.code === "cancelled"
            ? interrupted("The worker was stopped")
            : { state: "failed", error: message.error };
      else {
        log.error({ job: job.id, type: message.name, stack: message.stack }, "job crashed");
        outcome ??= crashed();
      }
    });
    thread.on("error", (error) => {
      log.error({ err: error, job: job.id }, "job thread failed");
      const outOfMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      outcome ??= outOfMemory
        ? {
            state: "failed",
            error: {
              code: "too_large",
              message: "The cluster's answers need more memory than a scan may use",
              hint: "Raise KORDON_SCAN_MEMORY_MIB.",
            },
          }
        : crashed();
    });
    thread.on("exit", () => {
      clearInterval(renewal);
      clearTimeout(deadline);
      signal.removeEventListener("abort", stop);
      resolve(outcome ?? crashed());
    });
  });
}

function interrupted(message: string): Outcome {
  return { state: "interrupted", error: { code: "cancelled", message } };
}

function crashed(): Outcome {
  return {
    state: "failed",
    error: {
      code: "internal",
      message: "The job ended by an error in Kordon itself",
      hint: "The worker's log has the details.",
    },
  };
}
