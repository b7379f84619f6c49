import type { Selectable } from "kysely";
import type { Finding } from "../model/finding.ts";
import type { CollectionName } from "../model/kinds.ts";
import type { Database, StoreSchema, Writer } from "./schema.ts";
import type { ScanContent, ScanRecord, SeverityCounts, Store } from "./store.ts";
import { AppError } from "../model/app-error.ts";
import { COLLECTIONS } from "../model/kinds.ts";
import { compressMissing, hashOf, insertChunks, readChunk } from "./chunks.ts";
import { requireCluster } from "./clusters.ts";
import { saveFindings } from "./findings.ts";
import { inBatches } from "./schema.ts";
import { readError } from "./stored-json.ts";
import { uuidV7 } from "./uuid-v7.ts";

type ScanStore = Pick<
  Store,
  | "saveScan"
  | "saveFailedScan"
  | "listScans"
  | "findLatestScan"
  | "listClusterStates"
  | "readScanContent"
  | "readScanResult"
>;

type ScanRow = StoreSchema["scans"];
type PartRow = StoreSchema["scan_parts"];

export function createScanStore(db: Database): ScanStore {
  return {
    async saveScan(scan) {
      const { parts, texts } = partsOf(scan.id, scan.content);
      const bodies = await compressMissing(db, texts);
      const findings = oncePerFingerprint(scan.findings);
      return db.transaction().execute(async (writer) => {
        const { id, clusterId, startedAt, finishedAt, summary } = scan;
        await refuseKnownScan(writer, id);
        const row = await insertScan(writer, {
          id,
          cluster_id: clusterId,
          state: "complete",
          started_at: startedAt,
          finished_at: finishedAt,
          error_json: null,
          summary,
          ...countColumns(countSeverities(findings)),
        });
        await insertChunks(writer, texts, bodies);
        for (const batch of inBatches(parts)) await writer.insertInto("scan_parts").values(batch).execute();
        await saveFindings(writer, {
          clusterId,
          sequence: row.sequence,
          seenAt: finishedAt,
          findings,
          unreadTopics: scan.unreadTopics,
        });
        return toRecord(row);
      });
    },
    async saveFailedScan({ clusterId, state, startedAt, finishedAt, error }) {
      return db.transaction().execute(async (writer) => {
        const row = await insertScan(writer, {
          id: uuidV7(),
          cluster_id: clusterId,
          state,
          started_at: startedAt,
          finished_at: finishedAt,
          error_json: JSON.stringify(error),
          summary: null,
          ...countColumns(null),
        });
        return toRecord(row);
      });
    },
    async listScans(clusterId, { limit, state } = {}) {
      let query = db.selectFrom("scans").selectAll().where("cluster_id", "=", clusterId).orderBy("sequence", "desc");
      if (state !== undefined) query = query.where("state", "=", state);
      if (limit !== undefined) query = query.limit(limit);
      return (await query.execute()).map(toRecord);
    },
    async findLatestScan(clusterId, state) {
      let query = db.selectFrom("scans").selectAll().where("cluster_id", "=", clusterId).orderBy("sequence", "desc");
      if (state !== undefined) query = query.where("state", "=", state);
      const row = await query.limit(1).executeTakeFirst();
      return row ? toRecord(row) : null;
    },
    async listClusterStates(trend) {
      return listClusterStates(db, trend);
    },
    async readScanContent(scanId) {
      return readContent(db, scanId);
    },
    async readScanResult(scanId, name) {
      const row = await db
        .selectFrom("scan_parts")
        .innerJoin("chunks", "chunks.hash", "scan_parts.hash")
        .select(["chunks.hash", "chunks.size_bytes", "chunks.body"])
        .where("scan_parts.scan_id", "=", scanId)
        .where("scan_parts.part", "=", "result")
        .where("scan_parts.name", "=", name)
        .executeTakeFirst();
      return row ? readChunk(row) : null;
    },
  };
}

function partsOf(
  scanId: string,
  content: ScanContent,
): { readonly parts: readonly PartRow[]; readonly texts: ReadonlyMap<string, string> } {
  const texts = new Map<string, string>();
  const parts: PartRow[] = [];
  const add = (part: PartRow["part"], name: string, text: string): void => {
    const hash = hashOf(text);
    texts.set(hash, text);
    parts.push({ scan_id: scanId, ordinal: parts.length, part, name, hash });
  };
  add("header", "", content.header);
  for (const { collection, text } of content.chunks) add("objects", collection, text);
  for (const [name, text] of content.results) add("result", name, text);
  return { parts, texts };
}

async function refuseKnownScan(writer: Writer, id: string): Promise<void> {
  const known = await writer.selectFrom("scans").select("id").where("id", "=", id).executeTakeFirst();
  if (known) throw new AppError("conflict", "This scan was saved before.");
}

/** Inserts the scan with the next sequence number of its cluster; the write lock makes the number unique. */
async function insertScan(writer: Writer, scan: Omit<ScanRow, "sequence">): Promise<ScanRow> {
  await requireCluster(writer, scan.cluster_id);
  const newest = await writer
    .selectFrom("scans")
    .select((eb) => eb.fn.max("sequence").as("sequence"))
    .where("cluster_id", "=", scan.cluster_id)
    .executeTakeFirst();
  const row: ScanRow = { ...scan, sequence: (newest?.sequence ?? 0) + 1 };
  await writer.insertInto("scans").values(row).execute();
  return row;
}

/** Postgres gives window ranks as text. */
async function listClusterStates(
  db: Database,
  trend: number,
): Promise<Awaited<ReturnType<Store["listClusterStates"]>>> {
  const states = new Map<
    string,
    { latest: ScanRecord | null; latestComplete: ScanRecord | null; trend: ScanRecord[] }
  >();
  for (const { id } of await db.selectFrom("clusters").select("id").execute()) {
    states.set(id, { latest: null, latestComplete: null, trend: [] });
  }
  const rows = await db
    .selectFrom((eb) =>
      eb
        .selectFrom("scans")
        .selectAll()
        .select((ranked) => [
          ranked.fn
            .agg<number | string>("row_number")
            .over((over) => over.partitionBy("cluster_id").orderBy("sequence", "desc"))
            .as("age"),
          ranked.fn
            .agg<number | string>("row_number")
            .over((over) => over.partitionBy(["cluster_id", "state"]).orderBy("sequence", "desc"))
            .as("age_in_state"),
        ])
        .as("ranked"),
    )
    .selectAll()
    .where((eb) =>
      eb.or([eb("age", "=", 1), eb.and([eb("state", "=", "complete"), eb("age_in_state", "<=", Math.max(1, trend))])]),
    )
    .orderBy("sequence")
    .execute();
  for (const { age, age_in_state: ageInState, ...row } of rows) {
    const state = states.get(row.cluster_id);
    if (!state) continue;
    const record = toRecord(row);
    if (Number(age) === 1) state.latest = record;
    if (record.state !== "complete") continue;
    if (Number(ageInState) === 1) state.latestComplete = record;
    if (Number(ageInState) <= trend) state.trend.push(record);
  }
  return states;
}

async function readContent(db: Database, scanId: string): Promise<ScanContent> {
  const rows = await db
    .selectFrom("scan_parts")
    .innerJoin("chunks", "chunks.hash", "scan_parts.hash")
    .select(["scan_parts.part", "scan_parts.name", "chunks.hash", "chunks.size_bytes", "chunks.body"])
    .where("scan_parts.scan_id", "=", scanId)
    .orderBy("scan_parts.ordinal")
    .execute();
  let header: string | undefined;
  const chunks: { collection: CollectionName; text: string }[] = [];
  const results = new Map<string, string>();
  for (const { part, name, ...chunk } of rows) {
    const text = await readChunk(chunk);
    if (part === "header") header = text;
    else if (part === "result") results.set(name, text);
    else chunks.push({ collection: toCollection(name), text });
  }
  if (header === undefined) throw new AppError("not_found", "This scan does not exist or has no content.");
  return { header, chunks, results };
}

function toCollection(name: string): CollectionName {
  const collection = COLLECTIONS.find((candidate) => candidate === name);
  if (!collection)
    throw new AppError("unavailable", "A stored scan holds a collection that this version does not know.");
  return collection;
}

/** The first of findings with an equal fingerprint: they are one finding. */
function oncePerFingerprint(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) if (!first.has(finding.fingerprint)) first.set(finding.fingerprint, finding);
  return [...first.values()];
}

function countSeverities(findings: readonly Finding[]): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function countColumns(counts: SeverityCounts | null) {
  return {
    critical_count: counts?.critical ?? null,
    high_count: counts?.high ?? null,
    medium_count: counts?.medium ?? null,
    low_count: counts?.low ?? null,
  };
}

function toRecord(row: Selectable<ScanRow>): ScanRecord {
  const { critical_count: critical, high_count: high, medium_count: medium, low_count: low } = row;
  const counted = critical !== null && high !== null && medium !== null && low !== null;
  return {
    id: row.id,
    clusterId: row.cluster_id,
    sequence: row.sequence,
    state: row.state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    error: readError(row.error_json),
    findings: counted ? { critical, high, medium, low } : null,
    summary: row.summary,
  };
}
