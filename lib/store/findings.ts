import type { Finding } from "../model/finding.ts";
import type { Topic } from "../model/topics.ts";
import type { Database, StoreSchema, Writer } from "./schema.ts";
import type { Store } from "./store.ts";
import { severityRank } from "../model/severity.ts";
import { hashOf } from "./chunks.ts";
import { inBatches } from "./schema.ts";
import { readFinding } from "./stored-json.ts";
import { uuidV7 } from "./uuid-v7.ts";

export function createFindingStore(db: Database): Pick<Store, "listFindings" | "countFindingChanges"> {
  return {
    async listFindings(clusterId, sequence) {
      const rows = await db
        .selectFrom("finding_lives as life")
        .innerJoin("finding_contents as content", "content.life_id", "life.id")
        .select([
          "life.first_seen_at",
          "life.opened_sequence",
          "life.closed_sequence",
          "content.finding_json",
          "content.verified",
        ])
        .where("life.cluster_id", "=", clusterId)
        .where("content.from_sequence", "<=", sequence)
        .where((eb) => eb.or([eb("content.to_sequence", "is", null), eb("content.to_sequence", ">", sequence)]))
        .orderBy("content.severity_rank")
        .orderBy("life.fingerprint")
        .execute();
      return rows.map((row) => ({
        finding: readFinding(row.finding_json),
        firstSeenAt: row.first_seen_at,
        firstScanSequence: row.opened_sequence,
        closedScanSequence: row.closed_sequence,
        verified: row.verified === 1,
      }));
    },
    async countFindingChanges(clusterId, sequence) {
      const count = async (column: "opened_sequence" | "closed_sequence"): Promise<number> => {
        const row = await db
          .selectFrom("finding_lives")
          .select((eb) => eb.fn.countAll().as("count"))
          .where("cluster_id", "=", clusterId)
          .where(column, "=", sequence)
          .executeTakeFirstOrThrow();
        return Number(row.count);
      };
      return { opened: await count("opened_sequence"), closed: await count("closed_sequence") };
    },
  };
}

/** The findings of one complete scan; fingerprints are distinct. */
export interface FindingsOfScan {
  readonly clusterId: string;
  readonly sequence: number;
  readonly seenAt: number;
  readonly findings: readonly Finding[];
  readonly unreadTopics: readonly Topic[];
}

/** Writes only what changed since the last complete scan: opened, closed, differently worded and no longer verified findings. */
export async function saveFindings(writer: Writer, scan: FindingsOfScan): Promise<void> {
  const open = await readOpenFindings(writer, scan.clusterId);
  const lives: StoreSchema["finding_lives"][] = [];
  const contents: StoreSchema["finding_contents"][] = [];
  const endedContents: string[] = [];
  const missing = new Map([...open.values()].map((known) => [known.id, known]));
  for (const finding of scan.findings) {
    const json = JSON.stringify(finding);
    const hash = hashOf(json);
    const known = open.get(finding.fingerprint);
    if (known) missing.delete(known.id);
    if (known?.hash === hash && known.verified) continue;
    const lifeId = known?.id ?? uuidV7();
    if (known) endedContents.push(lifeId);
    else lives.push(newLife(lifeId, finding, scan));
    contents.push({
      life_id: lifeId,
      from_sequence: scan.sequence,
      to_sequence: null,
      severity_rank: severityRank(finding.severity),
      hash,
      finding_json: json,
      verified: 1,
    });
  }
  const unverified = await readUnverifiable(writer, [...missing.keys()], scan.unreadTopics);
  for (const content of unverified) {
    missing.delete(content.life_id);
    if (content.verified === 0) continue;
    endedContents.push(content.life_id);
    contents.push({ ...content, from_sequence: scan.sequence, verified: 0 });
  }
  await endContents(writer, [...endedContents, ...missing.keys()], scan.sequence);
  await closeLives(writer, [...missing.keys()], scan.sequence);
  for (const batch of inBatches(lives)) await writer.insertInto("finding_lives").values(batch).execute();
  for (const batch of inBatches(contents)) await writer.insertInto("finding_contents").values(batch).execute();
}

function newLife(id: string, { fingerprint }: Finding, scan: FindingsOfScan): StoreSchema["finding_lives"] {
  return {
    id,
    cluster_id: scan.clusterId,
    fingerprint,
    first_seen_at: scan.seenAt,
    opened_sequence: scan.sequence,
    closed_sequence: null,
  };
}

async function readOpenFindings(
  writer: Writer,
  clusterId: string,
): Promise<ReadonlyMap<string, { readonly id: string; readonly hash: string; readonly verified: boolean }>> {
  const rows = await writer
    .selectFrom("finding_lives as life")
    .innerJoin("finding_contents as content", "content.life_id", "life.id")
    .select(["life.id", "life.fingerprint", "content.hash", "content.verified"])
    .where("life.cluster_id", "=", clusterId)
    .where("life.closed_sequence", "is", null)
    .where("content.to_sequence", "is", null)
    .execute();
  return new Map(
    rows.map(({ id, fingerprint, hash, verified }) => [fingerprint, { id, hash, verified: verified === 1 }]),
  );
}

/** What the given lives say now, of those whose topic could not be read whole. */
async function readUnverifiable(
  writer: Writer,
  lifeIds: readonly string[],
  unreadTopics: readonly Topic[],
): Promise<readonly StoreSchema["finding_contents"][]> {
  if (unreadTopics.length === 0) return [];
  const contents: StoreSchema["finding_contents"][] = [];
  for (const batch of inBatches(lifeIds)) {
    const rows = await writer
      .selectFrom("finding_contents")
      .selectAll()
      .where("life_id", "in", batch)
      .where("to_sequence", "is", null)
      .execute();
    contents.push(...rows.filter((row) => unreadTopics.includes(readFinding(row.finding_json).topic)));
  }
  return contents;
}

async function endContents(writer: Writer, lifeIds: readonly string[], sequence: number): Promise<void> {
  for (const batch of inBatches(lifeIds)) {
    await writer
      .updateTable("finding_contents")
      .set({ to_sequence: sequence })
      .where("life_id", "in", batch)
      .where("to_sequence", "is", null)
      .execute();
  }
}

async function closeLives(writer: Writer, lifeIds: readonly string[], sequence: number): Promise<void> {
  for (const batch of inBatches(lifeIds)) {
    await writer.updateTable("finding_lives").set({ closed_sequence: sequence }).where("id", "in", batch).execute();
  }
}
