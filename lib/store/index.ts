import type { StoreSchema } from "./schema.ts";
import type { Store } from "./store.ts";
import { Kysely } from "kysely";
import { createClusterStore } from "./clusters.ts";
import { createDocumentStore } from "./documents.ts";
import { createFindingStore } from "./findings.ts";
import { createJobStore } from "./jobs.ts";
import { migrate } from "./migrations/index.ts";
import { createScanStore } from "./scans.ts";
import { nodeSqliteDialect } from "./sqlite/node-sqlite-dialect.ts";
import { openDatabase } from "./sqlite/open-database.ts";

export type * from "./store.ts";
export { JOB_KINDS } from "./store.ts";
export { uuidV7 } from "./uuid-v7.ts";

/**
 * Opens the SQLite store at `path`, creates it for the owner only when it is missing, and brings its schema up to date.
 * Any number of processes may have it open.
 * @throws AppError `unavailable` when the file cannot be used or a newer Kordon wrote it.
 */
export async function openStore({ path }: { readonly path: string }): Promise<Store> {
  const database = await openDatabase(path);
  const db = new Kysely<StoreSchema>({ dialect: nodeSqliteDialect(database) });
  try {
    await migrate(db as Kysely<unknown>); // migrations do not know the current schema
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    ...createClusterStore(db),
    ...createScanStore(db),
    ...createFindingStore(db),
    ...createJobStore(db),
    ...createDocumentStore(db),
    close: () => db.destroy(),
  };
}
