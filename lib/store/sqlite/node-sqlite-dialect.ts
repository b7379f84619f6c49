import type { DatabaseIntrospector, Dialect, Driver, Kysely, QueryCompiler } from "kysely";
import type { DatabaseSync } from "node:sqlite";
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { NodeSqliteDriver } from "./node-sqlite-driver.ts";

/** Kysely's SQLite on one open connection of `node:sqlite`. */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  return {
    createDriver: (): Driver => new NodeSqliteDriver(database),
    createAdapter: () => new TransactionalDdlAdapter(),
    createQueryCompiler: (): QueryCompiler => new SqliteQueryCompiler(),
    createIntrospector: (db: Kysely<unknown>): DatabaseIntrospector => new SqliteIntrospector(db),
  };
}

/** SQLite can change its schema in a transaction. Migrations run in one, and its write lock is their lock. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
