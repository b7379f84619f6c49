import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { analyzeSnapshot, unreadTopics } from "#lib/analysis/summary.ts";
import { readConfig } from "#lib/config/config.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { ServerContext } from "#lib/server/context.ts";
import { QuestionPool } from "#lib/server/questions/question-pool.ts";
import { encodeSnapshot } from "#lib/snapshot/index.ts";
import { openStore, uuidV7, type ScanRecord, type Store } from "#lib/store/index.ts";

export interface TestServer {
  readonly context: ServerContext;
  /** Holds the store and nothing else. */
  readonly folder: string;
  /** Lines of the log, as JSON. */
  readonly logged: readonly string[];
  dispose(): Promise<void>;
}

/** Context of a process of its own, over an empty store in a folder of its own. */
export async function aServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "kordon-server-"));
  const config = readConfig({ KORDON_DATA: folder });
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  const store = await openStore({ path: config.storePath });
  return {
    context: { config, log, store, questions: new QuestionPool(config.storePath, log) },
    folder,
    logged,
    dispose: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Saves a snapshot as a scan would. */
export async function saveScanOf(store: Store, clusterId: string, snapshot: ClusterSnapshot): Promise<ScanRecord> {
  const { summary, findings } = analyzeSnapshot(snapshot);
  return store.saveScan({
    id: uuidV7(),
    clusterId,
    startedAt: 1000,
    finishedAt: 2000,
    content: { ...encodeSnapshot(snapshot), results: new Map() },
    summary: JSON.stringify(summary),
    findings,
    unreadTopics: unreadTopics(summary),
  });
}
