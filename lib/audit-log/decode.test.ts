import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { decodeLog } from "./decode.ts";

function streamOf(...pieces: readonly Uint8Array[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new Uint8Array(piece));
      controller.close();
    },
  });
}

async function textOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const piece of decodeLog(stream)) text += piece;
  return text;
}

const TEXT = "äöü 😀\n".repeat(5000);
const BYTES = new TextEncoder().encode(TEXT);

it.each([
  { name: "plain text", bytes: BYTES },
  { name: "gzip", bytes: gzipSync(BYTES) },
])("reads $name in pieces of any size", async ({ bytes }) => {
  expect(await textOf(streamOf(bytes))).toBe(TEXT);
  const odd = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
    bytes.subarray(index * 7, index * 7 + 7),
  );
  expect(await textOf(streamOf(...odd))).toBe(TEXT);
  expect(await textOf(streamOf(bytes.subarray(0, 1), bytes.subarray(1)))).toBe(TEXT);
});

it("reads nothing, and bytes that are no UTF-8", async () => {
  expect(await textOf(streamOf())).toBe("");
  expect(await textOf(streamOf(new Uint8Array([0x1f])))).toBe("\u001f");
  expect(await textOf(streamOf(new Uint8Array([0x61, 0xff, 0x62])))).toBe("a\ufffdb");
});

it.each([
  { name: "is cut off", bytes: gzipSync(BYTES).subarray(0, 60) },
  { name: "only begins like it", bytes: new Uint8Array([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) },
])("refuses gzip that $name", async ({ bytes }) => {
  await expect(textOf(streamOf(bytes))).rejects.toMatchObject({ code: "invalid_input" });
});

it("cancels the source when the reader stops early", async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000).fill(0x61)),
    cancel: () => void (cancelled = true),
  });
  for await (const piece of decodeLog(endless)) if (piece.length > 0) break;
  expect(cancelled).toBe(true);
});

it("leaves nothing behind that fails later when it stops in the middle of gzip", async () => {
  const failures: unknown[] = [];
  const keep = (error: unknown) => void failures.push(error);
  process.on("uncaughtException", keep);
  const lines = Array.from({ length: 20_000 }, (_, index) => `${index * 7919} ${index ** 3}\n`).join("");
  const packed = gzipSync(lines);
  for (let attempt = 0; attempt < 30; attempt += 1) {
    let pieces = 0;
    for await (const piece of decodeLog(new Blob([packed]).stream())) {
      pieces += Math.sign(piece.length);
      if (pieces > attempt % 3) break;
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.off("uncaughtException", keep);
  expect(failures).toEqual([]);
});
