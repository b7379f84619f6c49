export { findingsCsv } from "./csv.ts";
export { findingsHtml } from "./html.ts";
export { findingsSarif } from "./sarif.ts";
