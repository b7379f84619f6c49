import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { Migrator } from "kysely/migration";
import { AppError } from "../../model/app-error.ts";
import { up as firstSchema } from "./0001-first-schema.ts";
import { up as unverifiedFindings } from "./0002-unverified-findings.ts";
import { up as jobRequest } from "./0003-job-request.ts";

/** Every migration in order. Names are stored in databases: never rename, reorder or edit one that was released. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-first-schema": { up: firstSchema },
  "0002-unverified-findings": { up: unverifiedFindings },
  "0003-job-request": { up: jobRequest },
};

/**
 * Brings the database to the newest schema, in one transaction under its lock: processes that start at once wait for each
 * other, and a crash leaves the old schema.
 * @throws AppError `unavailable` when a newer Kordon has written the database; nothing is changed then.
 */
export async function migrate(db: Kysely<unknown>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  await refuseNewerSchema(db);
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  await refuseNewerSchema(db);
  throw error;
}

async function refuseNewerSchema(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return;
  const applied = await (db as Kysely<{ kysely_migration: { name: string } }>) // Kysely's own table
    .selectFrom("kysely_migration")
    .select("name")
    .execute();
  if (applied.every(({ name }) => Object.hasOwn(MIGRATIONS, name))) return;
  throw new AppError("unavailable", "The database was written by a newer version of Kordon.", {
    hint: "Start that version again, or restore a backup from before the update.",
  });
}
