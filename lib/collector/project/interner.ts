import type { Label, Labels } from "#lib/model/labels.ts";

/**
 * Makes equal values of one collection run the same object in memory: repeated strings, label sets and whole pod
 * specifications. The tables live only as long as the run; the snapshot keeps the shared values.
 */
export interface Interner {
  text(value: string): string;
  /** The first value that was given with this key. `key` must be equal exactly for equal values. */
  shared<T>(key: string, make: () => T): T;
  labels(pairs: readonly Label[]): Labels;
}

export function createInterner(): Interner {
  const texts = new Map<string, string>();
  const values = new Map<string, unknown>();
  const text = (value: string): string => {
    const known = texts.get(value);
    if (known !== undefined) return known;
    texts.set(value, value);
    return value;
  };
  const shared = <T>(key: string, make: () => T): T => {
    // The kind of value is part of the key, so a value found under it has the type that was stored under it.
    const known = values.get(key) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    values.set(key, made);
    return made;
  };
  const labels = (pairs: readonly Label[]): Labels =>
    shared(`labels:${JSON.stringify(pairs)}`, () => pairs.map(([key, value]) => [text(key), text(value)] as const));
  return { text, shared, labels };
}
