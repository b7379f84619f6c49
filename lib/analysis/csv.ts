import { stringify } from "csv-stringify/sync";

/** First characters that spreadsheet programs take for a formula, in both widths, or swallow. */
const FORMULA_START = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n\0]/;

/** A table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula gets a leading apostrophe. */
export function toCsv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    [header, ...rows].map((row) =>
      row.map((cell) => (typeof cell === "string" && FORMULA_START.test(cell) ? `'${cell}` : cell)),
    ),
    // A line break of its own in a cell is no record delimiter to the library, but one to most readers.
    { record_delimiter: "windows", quoted_match: /[\r\n]/ },
  );
}
