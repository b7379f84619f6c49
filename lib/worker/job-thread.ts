import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { readConfig } from "../config/config.ts";
import type { ProgressView } from "../contracts/jobs.ts";
import { AppError } from "../model/app-error.ts";
import { JOB_KINDS, openStore } from "../store/index.ts";
import { checkClusterAccess } from "./check-access.ts";
import { refreshSources } from "./refresh-sources.ts";
import { runScan } from "./run-scan.ts";
import { testConnection } from "./test-connection.ts";
import type { ThreadMessage } from "./thread-message.ts";

/**
 * Entry of the thread that does one job. A thread of its own keeps a hostile answer's memory and time away from the
 * worker, which can end it at any moment; whatever it was doing, the store holds whole scans only.
 */
const dataSchema = z.object({
  kind: z.enum(JOB_KINDS),
  clusterId: z.string().nullable(),
  request: z.string().nullable(),
});

const port = parentPort;
if (!port) throw new Error("job-thread runs as a worker thread");
const { kind, clusterId, request } = dataSchema.parse(workerData);
const send = (message: ThreadMessage) => port.postMessage(message);
const stopped = new AbortController();
port.on("message", () => stopped.abort(new AppError("cancelled", "The worker is stopping")));

const config = readConfig();
const store = await openStore({ path: config.storePath });
try {
  let result: string | null = null;
  if (kind === "refresh-sources") await refreshSources(store, config);
  else {
    const cluster = await store.getCluster(clusterId ?? "");
    const { signal } = stopped;
    const onProgress = (progress: ProgressView) => send({ type: "progress", progress });
    if (kind === "scan") await runScan(cluster, { config, store, signal, onProgress });
    else if (kind === "test-connection") result = JSON.stringify(await testConnection(cluster, store, config, signal));
    else
      result = JSON.stringify(
        await checkClusterAccess(cluster, { request: request ?? "null", config, store, signal, onProgress }),
      );
  }
  send({ type: "done", result });
} catch (error) {
  if (error instanceof AppError) {
    send({
      type: "failed",
      error: { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) },
    });
  } else {
    send({
      type: "crashed",
      name: error instanceof Error ? error.name : typeof error,
      stack: error instanceof Error ? (error.stack ?? "") : "",
    });
  }
} finally {
  await store.close();
  port.close();
}
