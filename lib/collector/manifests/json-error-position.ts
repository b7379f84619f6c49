/** Lines and columns start at 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

const TOKEN =
  // oxlint-disable-next-line no-control-regex -- control characters are what JSON forbids inside text
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/** What may come next. */
type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

/**
 * Where a text stops being JSON. JSON.parse does not say it for every error, and says it in different words in
 * different versions. For a valid text the position is its end. Cost: one pass.
 */
export function jsonErrorPosition(text: string): TextPosition {
  const offset = findErrorOffset(text);
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

function findErrorOffset(text: string): number {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let end = 0;
  for (;;) {
    TOKEN.lastIndex = end;
    const match = TOKEN.exec(text);
    const token = match?.[1] ?? match?.[2]?.charAt(0) ?? (match === null ? undefined : "scalar");
    const next: Expected | undefined = token === undefined ? undefined : follow(expected, token, open);
    if (match === null || next === undefined) return end + (/^[ \t\n\r]*/.exec(text.slice(end))?.[0].length ?? 0);
    expected = next;
    end = TOKEN.lastIndex;
  }
}

/** What may come after a token; undefined when the token is not expected. Keeps `open` up to date. */
function follow(expected: Expected, token: string, open: ("{" | "[")[]): Expected | undefined {
  const isValue = expected === "value" || expected === "value or end";
  const afterValue = (): Expected => (open.length === 0 ? "nothing" : "comma or end");
  switch (token) {
    case "{":
    case "[":
      if (!isValue) return undefined;
      open.push(token);
      return token === "{" ? "key or end" : "value or end";
    case "}":
      if (open.at(-1) !== "{" || (expected !== "key or end" && expected !== "comma or end")) return undefined;
      open.pop();
      return afterValue();
    case "]":
      if (open.at(-1) !== "[" || (expected !== "value or end" && expected !== "comma or end")) return undefined;
      open.pop();
      return afterValue();
    case ",":
      if (expected !== "comma or end") return undefined;
      return open.at(-1) === "{" ? "key" : "value";
    case ":":
      return expected === "colon" ? "value" : undefined;
    case '"':
      if (expected === "key" || expected === "key or end") return "colon";
      return isValue ? afterValue() : undefined;
    default:
      return isValue ? afterValue() : undefined;
  }
}
