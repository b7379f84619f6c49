import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../model/app-error.ts";

/** Primary result codes of SQLite that come from the machine, not from our statements. @see https://www.sqlite.org/rescode.html */
const REASONS: ReadonlyMap<number, { readonly reason: string; readonly hint: string }> = new Map([
  [5, { reason: "it was locked by another process for too long", hint: "Try again." }],
  [6, { reason: "it was locked by another process for too long", hint: "Try again." }],
  [8, { reason: "it is read-only", hint: "Make the data folder writable for Kordon." }],
  [10, { reason: "the disk reported an error", hint: "Check the disk that holds the data folder." }],
  [11, { reason: "it is damaged", hint: "Restore the database file from a backup." }],
  [13, { reason: "the disk is full", hint: "Free some space for the data folder." }],
  [14, { reason: "it cannot be opened", hint: "Check that Kordon may read and write the data folder." }],
  [26, { reason: "the file is not a Kordon database", hint: "Choose another data folder or remove the file." }],
]);

/**
 * Runs one database call. A failure of the machine (full disk, lock, damage, rights) becomes AppError `unavailable` with a
 * sentence for people; every other error is a bug and passes unchanged.
 */
export function withDatabaseErrors<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    const known = REASONS.get(primaryCode(error) ?? -1);
    if (!known) throw error;
    throw new AppError("unavailable", `The database cannot be used: ${known.reason}.`, {
      hint: known.hint,
      cause: error,
    });
  }
}

/** Longest wait for a lock that another connection holds. */
const LOCK_TIMEOUT_MS = 5000;
const LONGEST_PAUSE_MS = 20;

/** Repeats a call that failed because another connection holds a lock, with short pauses, for up to 5 s. */
export async function retryWhileBusy<T>(call: () => T): Promise<T> {
  const deadline = performance.now() + LOCK_TIMEOUT_MS;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return call();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await sleep(pauseMs);
  }
}

function isBusy(error: unknown): boolean {
  const code = primaryCode(error instanceof AppError ? error.cause : error);
  return code === 5 || code === 6;
}

/** The low byte of `errcode`, which node:sqlite sets on errors of SQLite itself. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}
