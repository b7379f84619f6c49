import { compareText } from "../../model/subject-name.ts";

/** One page of a sorted and filtered list, as every list contract has it. */
export interface Page<T> {
  readonly items: T[];
  readonly total: number;
  readonly all: number;
  readonly page: number;
  readonly pageSize: number;
}

/** Cuts one page out of a filtered list; `all` is the length before filtering. A page past the end is empty. */
export function pageOfList<T>(
  filtered: readonly T[],
  all: number,
  { page, pageSize }: { readonly page: number; readonly pageSize: number },
): Page<T> {
  const start = (page - 1) * pageSize;
  return { items: filtered.slice(start, start + pageSize), total: filtered.length, all, page, pageSize };
}

/** A stable sort by one key, then by the order the list came in; `desc` turns only the key. */
export function sortedBy<T>(list: readonly T[], compare: (a: T, b: T) => number, order: "asc" | "desc"): readonly T[] {
  return [...list].sort(order === "asc" ? compare : (a, b) => compare(b, a));
}

/** Case-insensitive search for every word of the text in any of the fields. */
export function matchesSearch(search: string, fields: readonly string[]): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = fields.join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Counts of a value over a list, most frequent first. */
export function facet<T>(
  list: readonly T[],
  valueOf: (item: T) => readonly string[],
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const item of list) for (const value of valueOf(item)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareText(a.value, b.value));
}
