import type { Selectable } from "kysely";
import type { Database, StoreSchema, Writer } from "./schema.ts";
import type { ClusterRecord, Store } from "./store.ts";
import { AppError } from "../model/app-error.ts";
import { deleteUnusedChunks } from "./chunks.ts";
import { readSource } from "./stored-json.ts";
import { uuidV7 } from "./uuid-v7.ts";

type ClusterStore = Pick<
  Store,
  | "createCluster"
  | "listClusters"
  | "getCluster"
  | "renameCluster"
  | "deleteCluster"
  | "saveCredential"
  | "findCredential"
>;

export function createClusterStore(db: Database): ClusterStore {
  return {
    async createCluster({ name, source, createdAt }) {
      const id = uuidV7();
      const row = { id, name, source_json: JSON.stringify(source), created_at: createdAt };
      await db.insertInto("clusters").values(row).execute();
      return { id, name, source, createdAt };
    },
    async listClusters() {
      const rows = await db.selectFrom("clusters").selectAll().orderBy("created_at").orderBy("id").execute();
      return rows.map(toRecord);
    },
    async getCluster(id) {
      const row = await db.selectFrom("clusters").selectAll().where("id", "=", id).executeTakeFirst();
      if (!row) throw noCluster();
      return toRecord(row);
    },
    async renameCluster(id, name) {
      const { numUpdatedRows } = await db
        .updateTable("clusters")
        .set({ name })
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw noCluster();
    },
    async deleteCluster(id) {
      await db.transaction().execute(async (writer) => {
        const { numDeletedRows } = await writer.deleteFrom("clusters").where("id", "=", id).executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) throw noCluster();
        await deleteUnusedChunks(writer);
      });
    },
    async saveCredential(clusterId, sealed) {
      await db.transaction().execute(async (writer) => {
        await requireCluster(writer, clusterId);
        await writer
          .insertInto("credentials")
          .values({ cluster_id: clusterId, sealed })
          .onConflict((conflict) => conflict.column("cluster_id").doUpdateSet({ sealed }))
          .execute();
      });
    },
    async findCredential(clusterId) {
      const row = await db
        .selectFrom("credentials")
        .select("sealed")
        .where("cluster_id", "=", clusterId)
        .executeTakeFirst();
      return row?.sealed ?? null;
    },
  };
}

/** @throws AppError `not_found` */
export async function requireCluster(writer: Writer, id: string): Promise<void> {
  const row = await writer.selectFrom("clusters").select("id").where("id", "=", id).executeTakeFirst();
  if (!row) throw noCluster();
}

function noCluster(): AppError {
  return new AppError("not_found", "This cluster does not exist.");
}

function toRecord(row: Selectable<StoreSchema["clusters"]>): ClusterRecord {
  return { id: row.id, name: row.name, source: readSource(row.source_json), createdAt: row.created_at };
}
