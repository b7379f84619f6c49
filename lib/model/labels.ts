/**
 * Labels or allow-listed annotations as pairs sorted by key.
 * Keys come from a cluster, so they never become property names (`__proto__`, `constructor`).
 */
export type Label = readonly [key: string, value: string];
export type Labels = readonly Label[];

/** The value of one label, or undefined when the key is absent. Never throws. */
export function labelValue(labels: Labels, key: string): string | undefined {
  return labels.find(([candidate]) => candidate === key)?.[1];
}

/** Pairs of an object whose own enumerable string values become labels, sorted by key; other values are dropped. */
export function toLabels(value: unknown): Labels {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const pairs = Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
