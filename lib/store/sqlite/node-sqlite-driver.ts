import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from "kysely";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { CompiledQuery as Query } from "kysely";
import { retryWhileBusy, withDatabaseErrors } from "./database-error.ts";

/**
 * Kysely driver for the single connection of a process; Kysely itself lets one query or transaction use it at a time.
 * Transactions take the write lock at once (BEGIN IMMEDIATE), so one that reads first and writes later cannot fail half-way
 * because another process wrote in between.
 */
export class NodeSqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #connection: NodeSqliteConnection;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#connection = new NodeSqliteConnection(database);
  }

  async init(): Promise<void> {
    // The database is open already.
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(Query.raw("begin immediate"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(Query.raw("commit"));
  }

  /** SQLite rolls back by itself on a full disk or I/O error; a second rollback would fail and hide that error. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await connection.executeQuery(Query.raw("rollback"));
  }

  async releaseConnection(): Promise<void> {
    // There is one connection, which stays open.
  }

  async destroy(): Promise<void> {
    withDatabaseErrors(() => this.#database.close());
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Outside a transaction the lock of another connection is awaited without blocking the event loop: it may belong to this
   * very process, and could never be released otherwise. Inside one the lock is held already.
   */
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const run = (): QueryResult<Row> => withDatabaseErrors(() => this.#run(query));
    return this.#database.isTransaction ? run() : retryWhileBusy(run);
  }

  // eslint-disable-next-line require-yield -- the interface wants a generator; no repository streams
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error("streaming queries are not supported");
  }

  #run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const statement = this.#database.prepare(sql);
    const inputs = parameters.map(toInput);
    // Kysely types rows by its query builder; the driver cannot know them.
    if (statement.columns().length > 0) return { rows: statement.all(...inputs) as Row[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(...inputs).changes) };
  }
}

function toInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint") {
    return value;
  }
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a statement parameter of type ${typeof value} cannot be stored`);
}
