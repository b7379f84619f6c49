import type { Selectable } from "kysely";
import type { Database, StoreSchema, Writer } from "./schema.ts";
import type { JobRecord, Store } from "./store.ts";
import { AppError } from "../model/app-error.ts";
import { requireCluster } from "./clusters.ts";
import { readError } from "./stored-json.ts";
import { uuidV7 } from "./uuid-v7.ts";

type JobStore = Pick<Store, "enqueueJob" | "getJob" | "listActiveJobs" | "leaseJob" | "renewJob" | "finishJob">;
type JobRow = StoreSchema["jobs"];

const ACTIVE = ["queued", "running"] as const;

export function createJobStore(db: Database): JobStore {
  return {
    async enqueueJob({ kind, clusterId, request = null, requestedAt }) {
      return db.transaction().execute(async (writer) => {
        if (clusterId !== null) await requireCluster(writer, clusterId);
        if (clusterId !== null) await refuseSecond(writer, kind, clusterId);
        const row: JobRow = {
          id: uuidV7(),
          kind,
          cluster_id: clusterId,
          request,
          state: "queued",
          attempt: 0,
          progress: null,
          result: null,
          error_json: null,
          requested_at: requestedAt,
          started_at: null,
          finished_at: null,
          lease_owner: null,
          lease_until: null,
        };
        await writer.insertInto("jobs").values(row).execute();
        return toRecord(row);
      });
    },
    async getJob(id) {
      const row = await db.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
      if (!row) throw new AppError("not_found", "This job does not exist.");
      return toRecord(row);
    },
    async listActiveJobs() {
      const rows = await db
        .selectFrom("jobs")
        .selectAll()
        .where("state", "in", ACTIVE)
        .orderBy("requested_at")
        .orderBy("id")
        .execute();
      return rows.map(toRecord);
    },
    async leaseJob(options) {
      return db.transaction().execute((writer) => leaseJob(writer, options));
    },
    async renewJob({ id, owner, leaseUntil, progress }) {
      const { numUpdatedRows } = await db
        .updateTable("jobs")
        .set({ lease_until: leaseUntil, progress })
        .where("id", "=", id)
        .where("state", "=", "running")
        .where("lease_owner", "=", owner)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    async finishJob({ id, owner, state, result, error, finishedAt }) {
      const { numUpdatedRows } = await db
        .updateTable("jobs")
        .set({
          state,
          result,
          error_json: error && JSON.stringify(error),
          finished_at: finishedAt,
          lease_owner: null,
          lease_until: null,
        })
        .where("id", "=", id)
        .where("state", "=", "running")
        .where("lease_owner", "=", owner)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
  };
}

/** One at a time for each cluster. */
const REFUSALS: ReadonlyMap<JobRecord["kind"], string> = new Map([
  ["scan", "A scan of this cluster is already waiting or running."],
  ["check-access", "A check on this live cluster is already waiting or running."],
]);

async function refuseSecond(writer: Writer, kind: JobRecord["kind"], clusterId: string): Promise<void> {
  const refusal = REFUSALS.get(kind);
  if (refusal === undefined) return;
  const active = await writer
    .selectFrom("jobs")
    .select("id")
    .where("kind", "=", kind)
    .where("cluster_id", "=", clusterId)
    .where("state", "in", ACTIVE)
    .executeTakeFirst();
  if (active) throw new AppError("conflict", refusal);
}

async function leaseJob(
  writer: Writer,
  { owner, now, leaseUntil, kinds }: Parameters<Store["leaseJob"]>[0],
): Promise<JobRecord | null> {
  if (kinds?.length === 0) return null;
  let query = writer
    .selectFrom("jobs")
    .selectAll()
    .where((eb) =>
      eb.or([eb("state", "=", "queued"), eb.and([eb("state", "=", "running"), eb("lease_until", "<=", now)])]),
    )
    .orderBy("requested_at")
    .orderBy("id")
    .limit(1);
  if (kinds) query = query.where("kind", "in", kinds);
  const candidate = await query.executeTakeFirst();
  if (!candidate) return null;
  const lease = {
    state: "running",
    attempt: candidate.attempt + 1,
    progress: null,
    started_at: now,
    lease_owner: owner,
    lease_until: leaseUntil,
  } as const;
  await writer.updateTable("jobs").set(lease).where("id", "=", candidate.id).execute();
  return toRecord({ ...candidate, ...lease });
}

function toRecord(row: Selectable<JobRow>): JobRecord {
  return {
    id: row.id,
    kind: row.kind,
    clusterId: row.cluster_id,
    request: row.request,
    state: row.state,
    attempt: row.attempt,
    progress: row.progress,
    result: row.result,
    error: readError(row.error_json),
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
