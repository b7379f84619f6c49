import fc from "fast-check";
import { expect, it } from "vitest";
import { Bitset } from "./bitset.ts";

const SIZE = 70;
const members = fc.uniqueArray(fc.nat({ max: SIZE - 1 }));

function setOf(ids: readonly number[]): Bitset {
  const set = new Bitset(SIZE);
  for (const id of ids) set.add(id);
  return set;
}

const rising = (ids: Iterable<number>) => [...ids].sort((a, b) => a - b);

it("behaves like a set of numbers", () => {
  fc.assert(
    fc.property(members, members, (a, b) => {
      const left = setOf(a);
      expect([...left]).toEqual(rising(a));
      expect(left.count()).toBe(a.length);
      expect(left.isEmpty()).toBe(a.length === 0);
      for (let id = 0; id < SIZE; id += 1) expect(left.has(id)).toBe(a.includes(id));
      expect([...left.clone().addAll(setOf(b))]).toEqual(rising(new Set([...a, ...b])));
      expect([...left.clone().retainAll(setOf(b))]).toEqual(rising(a.filter((id) => b.includes(id))));
      expect([...left]).toEqual(rising(a));
    }),
  );
});

it.each([0, 31, 32, 63, 64, 69])("holds the border id %i", (id) => {
  expect([...setOf([id])]).toEqual([id]);
});

it("refuses an id outside its size and never holds one", () => {
  expect(() => setOf([SIZE])).toThrow(RangeError);
  expect(setOf([SIZE - 1]).has(SIZE)).toBe(false);
  expect([...new Bitset(0)]).toEqual([]);
});
