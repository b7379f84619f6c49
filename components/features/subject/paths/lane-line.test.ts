import { expect, it } from "vitest";
import { edgeLine } from "./lane-line.ts";

it.each([
  { name: "nothing for no point", points: [], line: "" },
  {
    name: "straight along a row",
    points: [
      [0, 5],
      [9, 5],
      [20, 5],
    ],
    line: "M0 5H9H20",
  },
  {
    name: "level where it leaves and arrives",
    points: [
      [0, 0],
      [10, 8],
    ],
    line: "M0 0C5 0 5 8 10 8",
  },
])("$name", ({ points, line }) => {
  expect(edgeLine(points.map(([x = 0, y = 0]) => ({ x, y })))).toBe(line);
});
