import { AppError } from "../model/app-error.ts";

const GZIP = [0x1f, 0x8b] as const;

/**
 * The text of a stream of bytes in pieces, unpacked first when it begins like gzip. Bytes that are no UTF-8 become replacement characters.
 * Cancels the stream when the reader stops early. @throws AppError `invalid_input` when what looks like gzip is none; whatever the stream throws.
 */
export async function* decodeLog(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void> {
  const reader = bytes.getReader();
  const first = await readStart(reader);
  const rest = restOf(first.chunks, reader);
  const isGzip = GZIP.every((byte, index) => first.bytes[index] === byte);
  const plain = isGzip ? rest.pipeThrough(new DecompressionStream("gzip")) : rest;
  const text = plain.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await text.read();
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // What unpacks throws is a TypeError in every engine; reading a file fails otherwise.
    if (isGzip && error instanceof TypeError)
      throw new AppError("invalid_input", "The file begins like gzip but cannot be unpacked", { cause: error });
    throw error;
  } finally {
    // Stopped at the source: what unpacks is left to run dry, because Node's may still hand over a piece after it was cancelled, and that throws.
    await reader.cancel().catch(() => undefined); // it has failed or ended already
  }
  const last = decoder.decode();
  if (last !== "") yield last;
}

/** Reads until two bytes are there. */
async function readStart(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const bytes: number[] = [];
  while (bytes.length < GZIP.length) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes.push(...value.subarray(0, GZIP.length - bytes.length));
  }
  return { chunks, bytes };
}

function restOf(
  chunks: readonly Uint8Array<ArrayBuffer>[],
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const waiting = [...chunks];
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = waiting.shift();
      if (next) {
        controller.enqueue(next);
        return;
      }
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
