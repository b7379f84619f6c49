import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "./actor.ts";
import type { ServerContext } from "./context.ts";
import { getJob } from "./use-cases/clusters.ts";

const POLL_MS = 300;
/** Proxies close silent connections; the browser reconnects by itself after the end of one. */
const MAX_DURATION_MS = 10 * 60_000;
const KEEP_ALIVE_MS = 15_000;

/** Server-sent events of one job: a message whenever it changed, the last one when it has ended. @throws AppError `not_found`. */
export async function followJob(
  actor: Actor,
  context: ServerContext,
  jobId: string,
  signal: AbortSignal,
): Promise<Response> {
  const first = await getJob(actor, context, jobId);
  const encoder = new TextEncoder();
  const startedAt = Date.now();
  const cancelled = new AbortController();
  const stopped = AbortSignal.any([signal, cancelled.signal]);
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      let job = first;
      let sent = "";
      let sentAt = Date.now();
      try {
        while (!stopped.aborted) {
          const text = JSON.stringify(job);
          if (text !== sent) {
            controller.enqueue(encoder.encode(`data: ${text}\n\n`));
            [sent, sentAt] = [text, Date.now()];
          } else if (Date.now() - sentAt > KEEP_ALIVE_MS) {
            controller.enqueue(encoder.encode(": waiting\n\n"));
            sentAt = Date.now();
          }
          if ((job.state !== "queued" && job.state !== "running") || Date.now() - startedAt > MAX_DURATION_MS) break;
          await sleep(POLL_MS);
          job = await getJob(actor, context, jobId);
        }
        if (!stopped.aborted) controller.close();
      } catch (error) {
        // A job goes away with its cluster; the reader learns that from the closed stream.
        context.log.debug({ err: error, jobId }, "job events ended");
        if (!stopped.aborted) controller.close();
      }
    },
    cancel() {
      cancelled.abort();
    },
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "private, no-store", "x-accel-buffering": "no" },
  });
}
