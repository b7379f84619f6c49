import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { readLines } from "./read-lines.ts";

async function linesOf(input: Readable): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of readLines(input)) lines.push(line);
  return lines;
}
const collect = (pieces: readonly (string | Uint8Array)[]) => linesOf(Readable.from(pieces));

describe("lines", () => {
  it.each([
    { name: "end with a line feed", text: "a\nb\n", lines: ["a", "b"] },
    { name: "the last may have no end", text: "a\nb", lines: ["a", "b"] },
    { name: "end with carriage return and line feed", text: "a\r\nb\r\n", lines: ["a", "b"] },
    { name: "empty ones count", text: "\n\na\n", lines: ["", "", "a"] },
    { name: "a byte order mark is no part of the first", text: "\ufeffa\n", lines: ["a"] },
    { name: "separators of Unicode are text", text: '"\u2028\u2029\u0085"\n', lines: ['"\u2028\u2029\u0085"'] },
    { name: "nothing", text: "", lines: [] },
  ])("$name", async ({ text, lines }) => {
    const bytes = new TextEncoder().encode(text);
    expect(await collect([bytes])).toEqual(lines);
    expect(await collect(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(lines);
  });

  it("come from text as well", async () => {
    expect(await collect(["a\nb", "c\n"])).toEqual(["a", "bc"]);
  });

  it("fail with the stream", async () => {
    const broken = new Readable({ read: () => void broken.destroy(new Error("gone")) });
    await expect(linesOf(broken)).rejects.toThrow("gone");
  });
});
