import type { Readable } from "node:stream";

/**
 * Lines of a stream of UTF-8, one at a time, without their ends and without a byte order mark. Only a line feed, with or without a
 * carriage return before it, ends a line: JSON may hold U+2028 and U+2029 as they are, at which `node:readline` breaks a line.
 * @throws whatever the stream throws.
 */
export async function* readLines(input: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let begun: string[] = [];
  for await (const piece of input as AsyncIterable<string | Uint8Array>) {
    const text = typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
    const [first = "", ...others] = text.split("\n");
    begun.push(first);
    for (const other of others) {
      yield withoutReturn(begun.join(""));
      begun = [other];
    }
  }
  begun.push(decoder.decode());
  const last = withoutReturn(begun.join(""));
  if (last !== "") yield last;
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
