import type { Database } from "./schema.ts";
import type { Store } from "./store.ts";

export function createDocumentStore(db: Database): Pick<Store, "putDocument" | "findDocument"> {
  return {
    async putDocument(name, json, updatedAt) {
      await db
        .insertInto("documents")
        .values({ name, json, updated_at: updatedAt })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ json, updated_at: updatedAt }))
        .execute();
    },
    async findDocument(name) {
      const row = await db.selectFrom("documents").selectAll().where("name", "=", name).executeTakeFirst();
      return row ? { json: row.json, updatedAt: row.updated_at } : null;
    },
  };
}
