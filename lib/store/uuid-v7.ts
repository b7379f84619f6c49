import { randomBytes } from "node:crypto";

let lastTimeMs = 0;
let counter = 0;

/**
 * A new UUID version 7, lower-case. Ids made by one process sort in the order in which they were made, also within a
 * millisecond and when the clock steps back (12 bits behind the time are a counter with a random start).
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function uuidV7(nowMs: number = Date.now()): string {
  const bytes = randomBytes(16);
  if (nowMs > lastTimeMs) {
    lastTimeMs = nowMs;
    counter = bytes.readUInt16BE(6) & 0x7ff;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastTimeMs += 1;
      counter = 0;
    }
  }
  bytes.writeUIntBE(lastTimeMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
