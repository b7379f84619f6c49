import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "../../model/app-error.ts";
import { retryWhileBusy, withDatabaseErrors } from "./database-error.ts";

/** Within a statement; longer waits are `retryWhileBusy`, which does not block the event loop. */
const BUSY_TIMEOUT_MS = 10;

/**
 * Opens or creates the database file: its folder for the owner only (0700), the file too (0600; SQLite gives its side files the
 * same mode). Write-ahead log, foreign keys on.
 * @throws AppError `unavailable` when the folder or file cannot be used.
 */
export async function openDatabase(path: string): Promise<DatabaseSync> {
  createPrivateFile(path);
  const options = { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT_MS };
  const database = await retryWhileBusy(() => withDatabaseErrors(() => new DatabaseSync(path, options)));
  const run = (sql: string): Promise<void> => retryWhileBusy(() => withDatabaseErrors(() => database.exec(sql)));
  try {
    await run("pragma journal_mode = wal");
    await run("pragma synchronous = normal");
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function createPrivateFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, "a", 0o600));
  } catch (cause) {
    throw new AppError("unavailable", "The database cannot be used: its file cannot be created or written.", {
      hint: "Check that Kordon may write to the data folder.",
      cause,
    });
  }
}
