/** The first `count` of some items in an order, as sorting all of them would give; for a few out of many. Equal ones stay in their order. */
export function smallest<T>(items: Iterable<T>, count: number, compare: (a: T, b: T) => number): T[] {
  const kept: T[] = [];
  for (const item of items) {
    let at = kept.length;
    for (let other = kept[at - 1]; other !== undefined && compare(item, other) < 0; other = kept[at - 1]) at -= 1;
    if (at >= count) continue;
    kept.splice(at, 0, item);
    if (kept.length > count) kept.pop();
  }
  return kept;
}
