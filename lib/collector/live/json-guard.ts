/** What a look at the bytes of a JSON text tells before it is parsed. */
export interface JsonShape {
  readonly depth: number;
  /** Bytes of the largest object at the depth of list items (root, list, item). */
  readonly largestItemBytes: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ITEM_DEPTH = 3;

/**
 * Measures nesting and the largest list item without parsing, so that a hostile answer costs no memory.
 * Stops early when the depth exceeds `maxDepth`. Cost: one pass over the bytes.
 */
export function measureJson(bytes: Uint8Array, maxDepth: number): JsonShape {
  let depth = 0;
  let deepest = 0;
  let largestItemBytes = 0;
  let itemStart = 0;
  const { length } = bytes;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      for (index += 1; index < length && bytes[index] !== QUOTE; index += 1) {
        if (bytes[index] === BACKSLASH) index += 1;
      }
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (depth > maxDepth) break;
      if (depth === ITEM_DEPTH) itemStart = index;
    } else if (byte === 0x7d || byte === 0x5d) {
      if (depth === ITEM_DEPTH) largestItemBytes = Math.max(largestItemBytes, index + 1 - itemStart);
      depth -= 1;
    }
  }
  return { depth: deepest, largestItemBytes };
}
