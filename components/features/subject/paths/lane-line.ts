import type { LaneEdge } from "#lib/contracts/paths.ts";

/** The curve through the points of an edge: level at every point, so that it runs straight along a row. */
export function edgeLine(points: LaneEdge["points"]): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (!before) return `M${x} ${y}`;
      if (before.y === y) return `H${x}`;
      const middle = (before.x + x) / 2;
      return `C${middle} ${before.y} ${middle} ${y} ${x} ${y}`;
    })
    .join("");
}
