import type { JsonRecord } from "../project/values.ts";
import { isRecord } from "../project/values.ts";

/** One object of an input with its identity as written. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly object: JsonRecord;
}

/** Deepest nesting of lists in lists. */
const MAX_LIST_DEPTH = 5;

/**
 * Objects of one document. A `List` or a typed list (`PodList`, as raw API answers have it) gives its items; their
 * kind and version are those of the list where they have none. A value without kind and version is yielded with ""
 * for both, so that it can be counted.
 */
export function* flattenDocument(
  document: unknown,
  inherited: { readonly apiVersion: string; readonly kind: string } = { apiVersion: "", kind: "" },
  depth = 0,
): Generator<ManifestObject> {
  if (!isRecord(document)) {
    yield { apiVersion: "", kind: "", object: {} };
    return;
  }
  const apiVersion = typeof document.apiVersion === "string" ? document.apiVersion : inherited.apiVersion;
  const kind = typeof document.kind === "string" ? document.kind : inherited.kind;
  const { items } = document;
  if (!kind.endsWith("List") || !Array.isArray(items) || depth >= MAX_LIST_DEPTH) {
    yield { apiVersion, kind, object: document };
    return;
  }
  const item = kind === "List" ? { apiVersion: "", kind: "" } : { apiVersion, kind: kind.slice(0, -"List".length) };
  for (const element of items) yield* flattenDocument(element, item, depth + 1);
}

/** Group and version of an `apiVersion`; the core group is "". */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf("/");
  return slash < 0
    ? { group: "", version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}
