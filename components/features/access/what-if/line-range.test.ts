import { expect, it } from "vitest";
import { lineRange } from "./line-range.ts";

it.each([
  { name: "the first line", line: 1, part: "one" },
  { name: "a line between", line: 2, part: "" },
  { name: "the last line", line: 3, part: "three" },
  { name: "a line behind the end", line: 9, part: "" },
])("finds $name", ({ line, part }) => {
  const text = "one\n\nthree";
  const { start, end } = lineRange(text, line);
  expect(text.slice(start, end)).toBe(part);
  expect(start).toBe(Math.min(text.length, [0, 0, 4, 5][line] ?? text.length));
});
