import { readConfig, type Config } from "../config/config.ts";
import { makeLogger, type Logger } from "../config/logger.ts";
import { openStore, type Store } from "../store/index.ts";
import { QuestionPool } from "./questions/question-pool.ts";

/** What lives as long as the web process. */
export interface ServerContext {
  readonly config: Config;
  readonly log: Logger;
  readonly store: Store;
  readonly questions: QuestionPool;
}

// Route handlers and pages are separate entries of the bundle: only globalThis is shared by all of them.
const holder = globalThis as typeof globalThis & { kordonServer?: Promise<ServerContext> };

/** The context of this process; opened at first use. */
export function serverContext(): Promise<ServerContext> {
  holder.kordonServer ??= open().catch((error: unknown) => {
    // The next request tries again: a store that was locked or full may be well by then.
    delete holder.kordonServer;
    throw error;
  });
  return holder.kordonServer;
}

async function open(): Promise<ServerContext> {
  const config = readConfig();
  const log = makeLogger(config, "web");
  return {
    config,
    log,
    store: await openStore({ path: config.storePath }),
    questions: new QuestionPool(config.storePath, log),
  };
}
