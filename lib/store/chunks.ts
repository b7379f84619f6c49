import type { Database, Writer } from "./schema.ts";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { zstdCompress, zstdCompressSync, zstdDecompress } from "node:zlib";
import { AppError } from "../model/app-error.ts";
import { inBatches } from "./schema.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** A chunk as the database holds it. */
export interface StoredChunk {
  readonly hash: string;
  readonly size_bytes: number;
  readonly body: Uint8Array;
}

/** SHA-256 of the text, base64url. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Compresses the texts that the database does not have yet: before the transaction, so that it stays short. */
export async function compressMissing(
  db: Database,
  texts: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const known = await findKnownHashes(db, [...texts.keys()]);
  const bodies = new Map<string, Uint8Array>();
  for (const [hash, text] of texts) {
    if (!known.has(hash)) bodies.set(hash, await compress(text));
  }
  return bodies;
}

/** Stores every text (by its hash) that is missing. `bodies` may lack one when another process deleted it meanwhile. */
export async function insertChunks(
  writer: Writer,
  texts: ReadonlyMap<string, string>,
  bodies: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const known = await findKnownHashes(writer, [...texts.keys()]);
  for (const [hash, text] of texts) {
    if (known.has(hash)) continue;
    const body = bodies.get(hash) ?? zstdCompressSync(text);
    await writer
      .insertInto("chunks")
      .values({ hash, encoding: "zstd", size_bytes: Buffer.byteLength(text), body })
      .onConflict((conflict) => conflict.column("hash").doNothing())
      .execute();
  }
}

/** Removes chunks that no scan uses. Cost: linear in all chunks. */
export async function deleteUnusedChunks(writer: Writer): Promise<void> {
  await writer
    .deleteFrom("chunks")
    .where(({ exists, not, selectFrom }) =>
      not(exists(selectFrom("scan_parts").select("scan_parts.hash").whereRef("scan_parts.hash", "=", "chunks.hash"))),
    )
    .execute();
}

/**
 * The text of a chunk.
 * @throws AppError `unavailable` when the stored bytes are not the text that was saved.
 */
export async function readChunk({ hash, size_bytes, body }: StoredChunk): Promise<string> {
  let text: string | undefined;
  let cause: unknown;
  try {
    const bytes = await decompress(body, { maxOutputLength: Math.max(size_bytes, 1) });
    text = bytes.toString();
  } catch (error) {
    cause = error;
  }
  if (text !== undefined && hashOf(text) === hash) return text;
  throw new AppError("unavailable", "A stored scan is damaged and cannot be read.", {
    hint: "Scan the cluster again, or restore the database file from a backup.",
    cause,
  });
}

async function findKnownHashes(db: Database | Writer, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const batch of inBatches(hashes)) {
    const rows = await db.selectFrom("chunks").select("hash").where("hash", "in", batch).execute();
    for (const { hash } of rows) known.add(hash);
  }
  return known;
}
