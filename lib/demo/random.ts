/** 32-bit FNV-1a with a final mix: spreads texts that differ in one character. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number below `limit` that depends on the text alone, so that one object never changes because another one did. */
export function numberOf(text: string, limit: number): number {
  return hashOf(text) % limit;
}

/** The element that the text selects. Throws when there is none. */
export function choiceOf<T>(text: string, values: readonly T[]): T {
  const value = values[numberOf(text, Math.max(values.length, 1))];
  if (value === undefined) throw new RangeError("nothing to choose from");
  return value;
}

/** Deterministic numbers in [0, 1) from a seed (mulberry32). */
export function createRandom(seed: string): () => number {
  let state = hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Letters and digits that Kubernetes uses for generated names. */
const NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** A generated end of a name, such as `x7k2f`, made from the text. */
export function nameSuffix(text: string, length: number): string {
  let result = "";
  for (let index = 0; result.length < length; index += 1) {
    let hash = hashOf(`${index}:${text}`);
    for (let digit = 0; digit < 6 && result.length < length; digit += 1) {
      result += NAME_ALPHABET.charAt(hash % NAME_ALPHABET.length);
      hash = Math.floor(hash / NAME_ALPHABET.length);
    }
  }
  return result;
}

/** An identifier in the form of a UUID version 4, made from the text. */
export function uidOf(text: string): string {
  const hex = ["a", "b", "c", "d"]
    .map((salt) =>
      hashOf(salt + text)
        .toString(16)
        .padStart(8, "0"),
    )
    .join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A digest as an image reference shows it, made from the text. */
export function digestOf(text: string): string {
  return Array.from({ length: 8 }, (_, index) => hashOf(`${index}${text}`).toString(16).padStart(8, "0")).join("");
}
