import fc from "fast-check";
import { expect, it } from "vitest";
import { smallest } from "./smallest.ts";

it("gives what sorting everything gives, equal ones in their order", () => {
  const item = fc.record({ rank: fc.nat(5), name: fc.string() });
  fc.assert(
    fc.property(fc.array(item), fc.nat(10), (items, count) => {
      const byRank = (a: (typeof items)[number], b: (typeof items)[number]) => a.rank - b.rank;
      const kept = smallest(items, count, byRank);
      const sorted = items.toSorted(byRank).slice(0, count);
      expect(kept).toHaveLength(sorted.length);
      kept.forEach((one, index) => expect(one).toBe(sorted[index]));
    }),
  );
});
