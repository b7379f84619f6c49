/** One stretch of a text: as written, or a character that would be invisible or change the order of its neighbours. */
export type VisibleTextPart =
  { readonly kind: "plain"; readonly text: string } | { readonly kind: "escaped"; readonly text: string };

/**
 * Characters a reader cannot see or that move others: controls, format and bidi characters, lone surrogates, separators,
 * default-ignorable and noncharacter code points, blanks other than U+0020, and the opening bracket of our own escapes
 * (so that an escape in the result never stands for anything but one character of the input).
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\u27E8]|(?! )\p{Zs}/gu;

/**
 * Splits text into plain stretches and escapes such as `⟨U+202E⟩`, in reading order, so that both can be drawn differently.
 * Joined again the parts are `toVisibleText(text)`; an empty text has no parts. Never throws; linear.
 * @see https://www.unicode.org/reports/tr36/
 */
export function splitVisibleText(text: string): readonly VisibleTextPart[] {
  const parts: VisibleTextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > end) parts.push({ kind: "plain", text: text.slice(end, match.index) });
    parts.push({ kind: "escaped", text: escapeOf(match[0]) });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "plain", text: text.slice(end) });
  return parts;
}

/**
 * Makes every invisible or reordering character of a text visible as an escape such as `⟨U+202E⟩`; other text is unchanged.
 * Different texts give different results. Never throws; linear.
 */
export function toVisibleText(text: string): string {
  return text.replace(HIDDEN, escapeOf);
}

function escapeOf(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `⟨U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
