import { searchResultSchema } from "../../contracts/access.ts";
import { fetchJson, searchString } from "../fetch-json.ts";

/** Objects by name and the question that was understood; for the palette, which aborts what was overtaken. */
export function search(q: string, clusterId: string, signal: AbortSignal) {
  return fetchJson(searchResultSchema, `/api/v1/search${searchString({ q, clusterId })}`, { signal });
}
