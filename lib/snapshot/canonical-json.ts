/**
 * JSON text with the keys of every object in code unit order and without undefined fields: equal values give equal
 * text, whatever order their fields were made in. Recursion is bounded by the collector's depth limit.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const pairs: string[] = [];
  for (const key of Object.keys(value).sort()) {
    // The keys are own keys, so `__proto__` among them gives its own value.
    const field: unknown = Reflect.get(value, key);
    if (field !== undefined) pairs.push(`${JSON.stringify(key)}:${canonicalJson(field)}`);
  }
  return `{${pairs.join(",")}}`;
}
