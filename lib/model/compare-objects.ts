import type { ClusterObject } from "./metadata.ts";
import { compareText } from "./subject-name.ts";

/** Orders objects of one collection by group, kind, namespace and name, code unit order. */
export function compareObjects(a: ClusterObject, b: ClusterObject): number {
  return (
    compareText(partOf(a, "group"), partOf(b, "group")) ||
    compareText(partOf(a, "kind"), partOf(b, "kind")) ||
    compareText(a.metadata.namespace ?? "", b.metadata.namespace ?? "") ||
    compareText(a.metadata.name, b.metadata.name)
  );
}

/** Typed collections of a single kind have neither group nor kind; "" orders them alike. */
function partOf(object: ClusterObject, part: "group" | "kind"): string {
  const value = part in object ? (object as ClusterObject & { readonly [name in typeof part]?: unknown })[part] : "";
  return typeof value === "string" ? value : "";
}
