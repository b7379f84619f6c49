import type { CoverageReason } from "#lib/model/coverage.ts";
import type { ClusterConnection } from "../connection/connection.ts";
import type { ObjectTable } from "../object-table.ts";
import type { ProjectionContext } from "../project/metadata.ts";
import type { JsonRecord } from "../project/values.ts";
import type { ApiAnswer, ApiClient, ApiRequest } from "./api-client.ts";
import type { Clock, CollectLimits } from "./limits.ts";
import { AppError } from "#lib/model/app-error.ts";
import { createObjectTable } from "../object-table.ts";
import { createInterner } from "../project/interner.ts";
import { createApiClient } from "./api-client.ts";
import { RequestFailure } from "./failure.ts";
import { sendWithRetry } from "./send-with-retry.ts";

/** How far a scan has come. */
export interface CollectProgress {
  readonly phase: "connect" | "discover" | "collect" | "done";
  /** Kind that was finished last, e.g. `Pod`. */
  readonly kind?: string;
  readonly objects: number;
  readonly kindsDone: number;
  readonly kindsTotal: number;
  readonly requests: number;
  readonly bytes: number;
}

/** Shared state of one scan: connection, budgets, objects. */
export interface Scan {
  readonly client: ApiClient;
  readonly clock: Clock;
  readonly limits: CollectLimits;
  readonly pageSize: number;
  readonly table: ObjectTable;
  readonly context: ProjectionContext;
  /** Sends with retries. Rejects with RequestFailure; `deadline` when the time of the scan is over. */
  send(request: Omit<ApiRequest, "signal">): Promise<ApiAnswer>;
  /** As `send`, for a single document. */
  get(path: string, accept?: string): Promise<JsonRecord>;
  countObject(): void;
  readonly objects: number;
  overBudget(): CoverageReason | undefined;
  /** Stops every request that is under way or waits. */
  stop(): void;
  close(): Promise<void>;
}

/** @throws AppError `cancelled` from its requests once `signal` is aborted. */
export function startScan(
  connection: ClusterConnection,
  { signal, limits, pageSize, clock }: { signal: AbortSignal; limits: CollectLimits; pageSize: number; clock: Clock },
): Scan {
  const client = createApiClient(connection, limits);
  const stopped = new AbortController();
  const deadline = AbortSignal.timeout(limits.scanTimeoutMs);
  const ended = AbortSignal.any([signal, stopped.signal, deadline]);
  let objects = 0;
  const send = async (request: Omit<ApiRequest, "signal">): Promise<ApiAnswer> => {
    try {
      if (ended.aborted) throw ended.reason;
      return await sendWithRetry(client, { ...request, signal: ended }, clock);
    } catch (error) {
      if (signal.aborted || stopped.signal.aborted) throw new AppError("cancelled", "The scan was cancelled.");
      throw deadline.aborted ? new RequestFailure("deadline") : error;
    }
  };
  return {
    client,
    clock,
    limits,
    pageSize,
    table: createObjectTable(),
    context: { interner: createInterner() },
    send,
    get: async (path, accept) => (await send({ path, ...(accept === undefined ? {} : { accept }) })).body,
    countObject() {
      objects += 1;
    },
    get objects() {
      return objects;
    },
    overBudget() {
      if (deadline.aborted) return "deadline";
      if (client.bytes > limits.scanBytes) return "byte-limit";
      return objects > limits.scanObjects ? "object-limit" : undefined;
    },
    stop: () => stopped.abort(),
    async close() {
      stopped.abort(); // a request that nobody waits for any more must not outlive the scan
      await client.close();
    },
  };
}
