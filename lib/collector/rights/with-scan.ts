import type { ClusterConnection } from "../connection/connection.ts";
import type { CollectLimits } from "../live/limits.ts";
import type { Scan } from "../live/scan.ts";
import { AppError } from "#lib/model/app-error.ts";
import { RequestFailure, toAppError } from "../live/failure.ts";
import { DEFAULT_COLLECT_LIMITS, systemClock } from "../live/limits.ts";
import { startScan } from "../live/scan.ts";
import { InvalidObject } from "../project/values.ts";

/** For questions that people wait for: shorter than a scan. */
const LIMITS: CollectLimits = {
  ...DEFAULT_COLLECT_LIMITS,
  headersTimeoutMs: 10_000,
  idleTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  scanTimeoutMs: 60_000,
};

/** Runs a few requests over one connection and closes it. Rejects with AppError only. */
export async function withScan<T>(
  connection: ClusterConnection,
  signal: AbortSignal,
  work: (scan: Scan) => Promise<T>,
): Promise<T> {
  const scan = startScan(connection, { signal, limits: LIMITS, pageSize: 1, clock: systemClock });
  try {
    return await work(scan);
  } catch (error) {
    scan.stop();
    if (signal.aborted) throw new AppError("cancelled", "The request was cancelled.", { cause: error });
    if (error instanceof InvalidObject) throw toAppError(new RequestFailure("bad-response"));
    throw error instanceof RequestFailure ? toAppError(error) : error;
  } finally {
    await scan.close();
  }
}
