import type { Kysely } from "kysely";

/** What a job was asked to do beyond its kind and cluster, as JSON; null for kinds that need nothing more, and for older jobs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("jobs").addColumn("request", "text").execute();
}
