import type { ObjectEffect } from "#lib/contracts/what-if.ts";

/** What becomes of an object, as a sign and a word. */
export const EFFECT_WORDS: Readonly<Record<ObjectEffect, { readonly sign: string; readonly word: string }>> = {
  created: { sign: "+", word: "created" },
  replaced: { sign: "~", word: "replaced" },
  removed: { sign: "−", word: "removed" },
  follows: { sign: "~", word: "follows" },
  unchanged: { sign: "=", word: "unchanged" },
  missing: { sign: "?", word: "not found" },
};

/** Appears or vanishes: a sign and a word. */
export const CHANGE_WORDS = { gained: { sign: "+", word: "appears" }, lost: { sign: "−", word: "vanishes" } } as const;
export type ChangeDirection = keyof typeof CHANGE_WORDS;

/** "3 appear, the first 2 shown, 1 vanishes". */
export function extentText(
  gained: { readonly count: number; readonly items: readonly unknown[] },
  lost: { readonly count: number; readonly items: readonly unknown[] },
): string {
  const part = (words: readonly [string, string], { count, items }: typeof gained) =>
    count === 0
      ? []
      : [
          `${items.length < count ? `first ${items.length.toLocaleString("en")} of ` : ""}${count.toLocaleString("en")} ${count === 1 ? words[0] : words[1]}`,
        ];
  return [...part(["appears", "appear"], gained), ...part(["vanishes", "vanish"], lost)].join(", ");
}
