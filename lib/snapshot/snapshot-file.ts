import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { SnapshotDecoder } from "./decode.ts";
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join, basename } from "node:path";
import type { Transform } from "node:stream";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { AppError } from "#lib/model/app-error.ts";
import { createDecoder } from "./decode.ts";
import { encodeChunks, encodeHeader } from "./encode.ts";

/** Longest line of a file: a chunk is about 256 KiB, one object at most 2 MiB; the header holds discovery and coverage. */
const MAX_LINE_LENGTH = 64 * 1024 * 1024;
/** Most text of one file after decompression. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024 * 1024;

/**
 * Writes one JSON-lines file: header, then one line for each chunk; compressed when the name ends in `.gz`. The file
 * appears whole or not at all (written beside it, flushed, renamed) and is readable by its owner only.
 * @throws AppError `invalid_input` when the place cannot be written to.
 */
export async function writeSnapshotFile(snapshot: ClusterSnapshot, path: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx", 0o600);
    const lines = Readable.from(linesOf(snapshot));
    const target = file.createWriteStream({ flush: true }); // closes the file when it ends
    if (path.endsWith(".gz")) await pipeline(lines, createGzip({ level: 6 }), target);
    else await pipeline(lines, target);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new AppError("invalid_input", `Cannot write ${path}.`, { position: { file: path }, cause });
  }
}

function* linesOf(snapshot: ClusterSnapshot): Generator<string> {
  yield `${encodeHeader(snapshot)}\n`;
  for (const { text } of encodeChunks(snapshot)) yield `${text}\n`;
}

/**
 * Reads a file of `writeSnapshotFile`, compressed or not; `-` reads standard input.
 * @throws AppError `invalid_input` with file and line, `too_large` above the limits.
 */
export async function readSnapshotFile(path: string, stdin: Readable = process.stdin): Promise<ClusterSnapshot> {
  let decoder: SnapshotDecoder | undefined;
  let line = 0;
  try {
    for await (const text of readLines(path === "-" ? stdin : createReadStream(path))) {
      line += 1;
      if (text.trim() === "") continue;
      if (decoder === undefined) decoder = createDecoder(text);
      else decoder.addChunk(text, `chunk ${line - 1}`);
    }
    if (decoder === undefined) throw new AppError("invalid_input", "The snapshot cannot be read: it is empty.");
    return decoder.finish();
  } catch (error) {
    throw atLine(error, path, line);
  }
}

function atLine(error: unknown, file: string, line: number): AppError {
  if (error instanceof AppError) {
    const position = { file, line: Math.max(line, 1), ...error.position };
    return new AppError(error.code, error.message, { position, hint: error.hint, cause: error });
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const isMissing = code === "ENOENT";
  const message = isMissing ? `There is no file ${file}.` : `Cannot read ${file}: it is damaged or not readable.`;
  return new AppError("invalid_input", message, { position: { file }, cause: error });
}

async function* readLines(source: Readable): AsyncGenerator<string> {
  let rest = "";
  let bytes = 0;
  for await (const text of decompressed(source)) {
    bytes += text.length;
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (bytes > MAX_TEXT_BYTES || rest.length > MAX_LINE_LENGTH) {
      throw new AppError("too_large", "The snapshot is larger than Kordon reads.");
    }
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** Text of the stream, through gunzip when it begins with gzip's first two bytes. */
async function* decompressed(source: Readable): AsyncGenerator<string> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done === true ? Buffer.alloc(0) : Buffer.from(first.value);
  const all = Readable.from(
    (async function* () {
      yield head;
      for await (const part of { [Symbol.asyncIterator]: () => iterator }) yield Buffer.from(part);
    })(),
  );
  const plain = head[0] === 0x1f && head[1] === 0x8b ? all.pipe(gunzip(all)) : all;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const part of plain) yield decoder.decode(Buffer.from(part), { stream: true });
  yield decoder.decode();
}

/** A gunzip that fails when its source fails. */
function gunzip(source: Readable): Transform {
  const transform = createGunzip();
  source.once("error", (error: Error) => transform.destroy(error));
  return transform;
}
