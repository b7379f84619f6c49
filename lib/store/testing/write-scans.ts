/**
 * Child process of the store's tests: `node write-scans.ts DATABASE CLUSTER COUNT`. Opens the store, saves scans one after the
 * other and prints the id of each once it is saved.
 */
import { randomBytes } from "node:crypto";
import { openStore, uuidV7 } from "../index.ts";
import { aStoredFinding } from "./stored-finding.ts";

const CHUNKS_PER_SCAN = 30;
const CHUNK_BYTES = 30_000;

const [path = "", clusterId = "", count = "0"] = process.argv.slice(2);
const store = await openStore({ path });
for (let index = 0; index < Number(count); index += 1) {
  const id = uuidV7();
  // Random text does not compress: the transaction is long enough to be hit by a kill.
  const chunks = Array.from({ length: CHUNKS_PER_SCAN }, () => ({
    collection: "pods" as const,
    text: randomBytes(CHUNK_BYTES).toString("base64"),
  }));
  await store.saveScan({
    id,
    clusterId,
    startedAt: 1,
    finishedAt: 2,
    summary: "{}",
    content: { header: id, chunks, results: new Map([["access", id]]) },
    unreadTopics: [],
    findings: Array.from({ length: 300 }, (_, finding) => aStoredFinding(`${id}-${finding}`)),
  });
  process.stdout.write(`${id}\n`);
}
await store.close();
