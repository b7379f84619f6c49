/** A small seeded generator (mulberry32): benchmarks and their oracles see the same data in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the items; small indices are much more frequent, as in real clusters. */
export function skewedPick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(items.length * random() ** 3)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}
