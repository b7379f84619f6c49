import type { ApiAnswer, ApiClient, ApiRequest } from "./api-client.ts";
import type { Clock } from "./limits.ts";
import { RequestFailure } from "./failure.ts";

const MAX_WAIT_MS = 60_000;
const BASE_WAIT_MS = 500;

/** How often one request is tried again for one class of failure. */
function retriesFor({ reason, status, retryAfterMs, detail }: RequestFailure): number {
  switch (reason) {
    case "rate-limited":
      return 8;
    case "server-error":
      // Without Retry-After a 503 most often stands for an extension server that is down for long.
      return status === 503 && retryAfterMs !== undefined ? 8 : 2;
    case "connection":
      return detail === "certificate" || detail === "name" ? 0 : 3;
    case "timeout":
    case "unauthorized":
      return 1; // a token may have been replaced since it was read
    default:
      return 0;
  }
}

/**
 * Sends a request until it is answered or cannot be: waits as `Retry-After` says (at most a minute) or twice as long
 * each time, with up to a fifth more by chance so that many clients do not come back at once.
 * Rejects with the last RequestFailure, or with the signal's reason.
 */
export async function sendWithRetry(client: ApiClient, request: ApiRequest, clock: Clock): Promise<ApiAnswer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await client.send(request);
    } catch (error) {
      if (!(error instanceof RequestFailure) || attempt >= retriesFor(error)) throw error;
      const wait = Math.min(error.retryAfterMs ?? BASE_WAIT_MS * 2 ** attempt, MAX_WAIT_MS);
      await clock.sleep(wait * (1 + clock.random() / 5), request.signal);
    }
  }
}
