import type { Kysely } from "kysely";

/** 0 while a finding is only carried over from an earlier scan, because what proves or refutes it could not be read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("finding_contents")
    .addColumn("verified", "integer", (column) => column.notNull().defaultTo(1))
    .execute();
}
