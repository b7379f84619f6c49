import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonErrorPosition } from "./json-error-position.ts";

describe("jsonErrorPosition", () => {
  it.each([
    ['{"a": x}', 1, 7],
    ['{\n  "a": 1,\n}', 3, 1],
    ["[1 2]", 1, 4],
    ['{"a" 1}', 1, 6],
    ["[1,]", 1, 4],
    ['{"a": "\n"}', 1, 7],
    ["", 1, 1],
    ["{} {}", 1, 4],
    ['{"a": [1, 2', 1, 12],
    ["[01]", 1, 3],
    ["]", 1, 1],
  ])("%j fails at line %i, column %i", (text, line, column) => {
    expect(jsonErrorPosition(text)).toEqual({ line, column });
  });

  it("finds the end of every valid text and lies inside every broken one", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, cut) => {
        expect(jsonErrorPosition(json)).toEqual({ line: 1, column: json.length + 1 });
        const broken = json.slice(0, cut % (json.length + 1));
        expect(jsonErrorPosition(broken).column).toBeLessThanOrEqual(broken.length + 1);
      }),
    );
  });
});
