import type { Kysely } from "kysely";
import { sql } from "kysely";

/** A migration never imports the current schema: it must keep meaning what it meant when it was written. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createClusters(db);
  await createScans(db);
  await createFindings(db);
  await createJobs(db);
  await db.schema
    .createTable("documents")
    .addColumn("name", "text", (column) => column.primaryKey().notNull())
    .addColumn("json", "text", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .execute();
}

async function createClusters(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("clusters")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("source_json", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("credentials")
    .addColumn("cluster_id", "text", (column) =>
      column.primaryKey().notNull().references("clusters.id").onDelete("cascade"),
    )
    .addColumn("sealed", "text", (column) => column.notNull())
    .execute();
}

async function createScans(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("scans")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("cluster_id", "text", (column) => column.notNull().references("clusters.id").onDelete("cascade"))
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("started_at", "bigint", (column) => column.notNull())
    .addColumn("finished_at", "bigint", (column) => column.notNull())
    .addColumn("error_json", "text")
    .addColumn("critical_count", "integer")
    .addColumn("high_count", "integer")
    .addColumn("medium_count", "integer")
    .addColumn("low_count", "integer")
    .addColumn("summary", "text")
    .addUniqueConstraint("scans_sequence", ["cluster_id", "sequence"])
    .execute();
  await db.schema
    .createTable("chunks")
    .addColumn("hash", "text", (column) => column.primaryKey().notNull())
    .addColumn("encoding", "text", (column) => column.notNull())
    .addColumn("size_bytes", "integer", (column) => column.notNull())
    .addColumn("body", "blob", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("scan_parts")
    .addColumn("scan_id", "text", (column) => column.notNull().references("scans.id").onDelete("cascade"))
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("part", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull().references("chunks.hash"))
    .addPrimaryKeyConstraint("scan_parts_key", ["scan_id", "ordinal"])
    .execute();
  await db.schema.createIndex("scan_parts_by_hash").on("scan_parts").column("hash").execute();
}

async function createFindings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("finding_lives")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("cluster_id", "text", (column) => column.notNull().references("clusters.id").onDelete("cascade"))
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addColumn("first_seen_at", "bigint", (column) => column.notNull())
    .addColumn("opened_sequence", "integer", (column) => column.notNull())
    .addColumn("closed_sequence", "integer")
    .addUniqueConstraint("finding_lives_key", ["cluster_id", "fingerprint", "opened_sequence"])
    .execute();
  await db.schema
    .createIndex("finding_lives_open")
    .unique()
    .on("finding_lives")
    .columns(["cluster_id", "fingerprint"])
    .where(sql.ref("closed_sequence"), "is", null)
    .execute();
  await db.schema
    .createTable("finding_contents")
    .addColumn("life_id", "text", (column) => column.notNull().references("finding_lives.id").onDelete("cascade"))
    .addColumn("from_sequence", "integer", (column) => column.notNull())
    .addColumn("to_sequence", "integer")
    .addColumn("severity_rank", "integer", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("finding_json", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("finding_contents_key", ["life_id", "from_sequence"])
    .execute();
}

async function createJobs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("jobs")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("cluster_id", "text", (column) => column.references("clusters.id").onDelete("cascade"))
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("attempt", "integer", (column) => column.notNull())
    .addColumn("progress", "text")
    .addColumn("result", "text")
    .addColumn("error_json", "text")
    .addColumn("requested_at", "bigint", (column) => column.notNull())
    .addColumn("started_at", "bigint")
    .addColumn("finished_at", "bigint")
    .addColumn("lease_owner", "text")
    .addColumn("lease_until", "bigint")
    .execute();
  await db.schema.createIndex("jobs_by_state").on("jobs").columns(["state", "requested_at"]).execute();
  await db.schema.createIndex("jobs_by_cluster").on("jobs").column("cluster_id").execute();
}
