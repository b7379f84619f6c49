/** Choices from a seed: the same seed gives the same test data on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** True in about `share` of all cases. */
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Between `least` and `most` items, each once, in their order. */
  some<T>(items: readonly T[], least: number, most: number): readonly T[];
}

/** mulberry32 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  };
  return {
    next,
    pick,
    chance: (share) => next() < share,
    some: <T>(items: readonly T[], least: number, most: number) => {
      const wanted = least + Math.floor(next() * (most - least + 1));
      const chosen = new Set<number>();
      while (chosen.size < Math.min(wanted, items.length)) chosen.add(Math.floor(next() * items.length));
      return items.filter((_, index) => chosen.has(index));
    },
  };
}
