import type { ResourceRequest } from "../../model/access.ts";
import type { Bitset } from "../bitset.ts";
import type { AccessModel } from "./compile-access.ts";
import type { RuleIndex } from "./rule-index.ts";

/** A question without namespace: who holds this right, and where. `names: "any"` counts rules limited by `resourceNames` too. */
export interface RightQuery {
  readonly verb: string;
  /** Asks for a URL that is no resource instead; everything below is then ignored. Only cluster-wide bindings give it. */
  readonly path?: string;
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource?: string;
  /** A fixed name; "" (default) asks for the unnamed right. Ignored with `names: "any"`. */
  readonly name?: string;
  readonly names?: "exact" | "any";
}

/** Edges ask the same few questions again and again. */
const KNOWN = new WeakMap<RuleIndex, Map<string, Bitset>>();

/** Rules that give a right. Shared: must not be changed. */
export function rulesFor({ index }: AccessModel, query: RightQuery): Bitset {
  const { verb, path, apiGroup, resource, subresource, name, names } = query;
  if (path === undefined && names === "any") return index.matchingAnyName(toRequest(query));
  let known = KNOWN.get(index);
  if (!known) KNOWN.set(index, (known = new Map()));
  const key = JSON.stringify([verb, path, apiGroup, resource, subresource, name]);
  let rules = known.get(key);
  if (!rules) known.set(key, (rules = index.matching(path === undefined ? toRequest(query) : { verb, path })));
  return rules;
}

function toRequest(query: RightQuery): ResourceRequest {
  return {
    verb: query.verb,
    apiGroup: query.apiGroup,
    resource: query.resource,
    subresource: query.subresource ?? "",
    namespace: "",
    name: query.name ?? "",
  };
}
