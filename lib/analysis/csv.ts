import { stringify } from "csv-stringify/sync";

/** First characters that spreadsheet programs take for a formula or swallow. */
const FORMULA_START = /^[=+\-@\t\r\0]/;

/** A table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula gets a leading apostrophe. */
export function toCsv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    [header, ...rows].map((row) =>
      row.map((cell) => (typeof cell === "string" && FORMULA_START.test(cell) ? `'${cell}` : cell)),
    ),
    { record_delimiter: "windows" },
  );
}
