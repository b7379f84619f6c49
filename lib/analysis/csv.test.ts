import { expect, it } from "vitest";
import { toCsv } from "./csv.ts";

it("quotes what needs it, with the line ends of RFC 4180", () => {
  expect(
    toCsv(
      ["a", "b"],
      [
        ['x "y"', "1,2"],
        ["two\nlines", 3],
      ],
    ),
  ).toBe('a,b\r\n"x ""y""","1,2"\r\n"two\nlines",3\r\n');
});

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1+1", "＠x"])(
  "a cell %j is no formula",
  (cell) => {
    expect(toCsv(["a"], [[cell]]).replaceAll('"', "")).toMatch(/^a\r\n'/);
  },
);

it.each(["a=1", "x-y", "1", ""])("a cell %j stays as it is", (cell) => {
  expect(toCsv(["a", "b"], [[cell, "x"]])).toBe(`a,b\r\n${cell},x\r\n`);
});

it("numbers stay numbers, below zero too", () => {
  expect(toCsv(["a"], [[-1]])).toBe("a\r\n-1\r\n");
});

it("a line break in a cell starts no row", () => {
  for (const breaks of ["\n", "\r", "\r\n"])
    expect(toCsv(["a"], [[`x${breaks}=1+1`]])).toBe(`a\r\n"x${breaks}=1+1"\r\n`);
});
