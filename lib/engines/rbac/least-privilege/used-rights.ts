import { isResourceRequest, type AccessRequest, type NonResourceRequest } from "../../../model/access.ts";
import { compareText } from "../../../model/subject-name.ts";
import type { UsedRequest } from "../../../model/used-request.ts";
import { isDnsLabel } from "../validate-written-object.ts";

/** A verb on a resource in one namespace ("": cluster-wide), and for which names. */
export interface ResourceRight {
  readonly verb: string;
  readonly apiGroup: string;
  /** As it stands in a rule: `pods`, `pods/exec`. */
  readonly resource: string;
  readonly namespace: string;
  /** Sorted; null: for every name. */
  readonly names: readonly string[] | null;
}

export interface UsedRights {
  /** Each verb, resource and namespace once, sorted. */
  readonly resources: readonly ResourceRight[];
  /** Each verb and path once, sorted. */
  readonly paths: readonly NonResourceRequest[];
}

/** With more names than these a rule is for every name. */
export const MOST_RULE_NAMES = 20;

/**
 * Whether a rule can grant this request and nothing beside it. An entry of a rule that is or ends in `*` stands for more than itself, an empty one for nothing,
 * and a Role can lie only where a namespace can be.
 */
export function isGrantable(request: AccessRequest): boolean {
  const isPlain = (entry: string) => entry !== "" && entry !== "*";
  if (!isPlain(request.verb)) return false;
  if (!isResourceRequest(request)) return request.path.startsWith("/") && !request.path.endsWith("*");
  const { apiGroup, resource, subresource, namespace } = request;
  return (
    apiGroup !== "*" &&
    isPlain(resource) &&
    !resource.includes("/") &&
    !(resource === "*" && subresource !== "") &&
    (namespace === "" || isDnsLabel(namespace))
  );
}

/**
 * The rights behind requests that were used. With `exact`, a right is for names where every use carried one and they are few (`MOST_RULE_NAMES`); with `any`
 * always for every name. What cannot be granted (`isGrantable`) is left out. Never throws.
 */
export function usedRights(used: readonly UsedRequest[], names: "exact" | "any"): UsedRights {
  const rights = new Map<string, { right: Omit<ResourceRight, "names">; names: Set<string> | null }>();
  const paths = new Map<string, NonResourceRequest>();
  for (const { request, manyNames } of used) {
    if (!isGrantable(request)) continue;
    if (!isResourceRequest(request)) {
      paths.set(JSON.stringify([request.verb, request.path]), request);
      continue;
    }
    const { verb, apiGroup, subresource, namespace, name } = request;
    const resource = subresource === "" ? request.resource : `${request.resource}/${subresource}`;
    const key = JSON.stringify([verb, apiGroup, resource, namespace]);
    let entry = rights.get(key);
    if (!entry) rights.set(key, (entry = { right: { verb, apiGroup, resource, namespace }, names: new Set() }));
    if (names === "any" || manyNames || name === "") entry.names = null;
    else entry.names?.add(name);
  }
  return {
    resources: [...rights.values()]
      .map(({ right, names: found }) => ({ ...right, names: fewNames(found) }))
      .sort(byRight),
    paths: [...paths.values()].sort((a, b) => compareText(a.path, b.path) || compareText(a.verb, b.verb)),
  };
}

function fewNames(names: ReadonlySet<string> | null): readonly string[] | null {
  return names === null || names.size > MOST_RULE_NAMES ? null : [...names].sort(compareText);
}

function byRight(a: ResourceRight, b: ResourceRight): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.apiGroup, b.apiGroup) ||
    compareText(a.resource, b.resource) ||
    compareText(a.verb, b.verb)
  );
}
