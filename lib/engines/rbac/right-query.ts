import type { ResourceRequest } from "../../model/access.ts";
import type { Bitset } from "../bitset.ts";
import type { AccessModel } from "./compile-access.ts";

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

/** Rules that give a right. May be shared: must not be changed. */
export function rulesFor({ index }: AccessModel, query: RightQuery): Bitset {
  if (query.path !== undefined) return index.matching({ verb: query.verb, path: query.path });
  return query.names === "any" ? index.matchingAnyName(toRequest(query)) : index.matching(toRequest(query));
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
