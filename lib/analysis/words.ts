const COUNTS = new Intl.NumberFormat("en-US");

/** `1,234`. */
export function formatCount(count: number): string {
  return COUNTS.format(count);
}

/** `1 pod`, `2 pods`; `plural` for words that do not just take an s. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`; with more than `max` entries `a, b and 3 more`. */
export function listOf(items: readonly string[], max = 3): string {
  if (items.length <= 1) return items[0] ?? "";
  if (items.length > max) return `${items.slice(0, max - 1).join(", ")} and ${items.length - max + 1} more`;
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** First letter in upper case. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
