import {
  isResourceRequest,
  type Grant,
  type ResourceRequest,
  type UserInfo,
  type Subject,
} from "../../../model/access.ts";
import type { PolicyRule } from "../../../model/rbac.ts";
import { compareText } from "../../../model/subject-name.ts";
import type { UsedRequest } from "../../../model/used-request.ts";
import type { AccessModel, CompiledBinding } from "../compile-access.ts";
import { effectivePermissions, heldBindings, type InertReason } from "../effective-permissions.ts";
import { ruleAllows, urlMatches } from "../match-rule.ts";
import type { ResourceCatalog } from "../resource-catalog.ts";
import { rightsOfRule, type HeldRight } from "./rights-of-rule.ts";

/** One rule that a binding gives, and what of it the log shows in use. */
export interface GrantUse {
  readonly grant: Grant;
  /** Position of the rule in `AccessModel.index`. */
  readonly ruleId: number;
  readonly rule: PolicyRule;
  /** `used`: every verb, resource and name of it, everywhere; `partly`; `unused`. */
  readonly state: "used" | "partly" | "unused";
  readonly inert: InertReason | null;
  /** What was used, sorted; URLs stand among the resources. */
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
  /** Namespaces of the requests that it allowed; "" is the whole cluster. */
  readonly namespaces: readonly string[];
}

export interface GrantComparison {
  /** In binding order, then rule by rule. */
  readonly grants: readonly GrantUse[];
  /** Rights held: a verb on a kind of resource, or on a URL of a rule, wherever it holds. Null: not countable, discovery was not read. */
  readonly held: number | null;
  /** Those of them that were used. */
  readonly used: number;
}

export interface CompareOptions {
  /** All namespaces of the cluster: a right held everywhere is wholly used when it was used in each of them, or cluster-wide. */
  readonly namespaces: readonly string[];
  /** Bindings that are not looked at, with the subject through which they are held. */
  readonly isLeftOut?: (binding: CompiledBinding, through: Subject) => boolean;
}

/**
 * Compares what a user with exactly these groups holds now with the requests that it used.
 * Cost: rules held times distinct requests. Never throws.
 */
export function compareGrants(
  model: AccessModel,
  who: UserInfo,
  catalog: ResourceCatalog,
  used: readonly UsedRequest[],
  { namespaces, isLeftOut = () => false }: CompareOptions,
): GrantComparison {
  const inert = new Map(effectivePermissions(model, who, catalog).map((entry) => [entry.ruleId, entry.inert]));
  const held = new Map<string, boolean>();
  let countable = true;
  const grants = heldBindings(model, who).flatMap(({ binding, subject }) => {
    const role = model.roles[binding.role];
    const through = model.subjects[subject];
    if (!role || !through || isLeftOut(binding, through)) return [];
    return role.ruleIds.flatMap((ruleId, ruleIndex): readonly GrantUse[] => {
      const rule = model.index.rules[ruleId];
      if (!rule) return [];
      const hits = used.filter((entry) => givesUse(rule, binding.namespace, entry));
      const rights = rightsOfRule(rule, catalog);
      const why = inert.get(ruleId) ?? null;
      if (rights === null) countable = false;
      else if (why === null || hits.length > 0)
        for (const right of rights) {
          const key = JSON.stringify([right.verb, right.group, right.resource]);
          held.set(key, (held.get(key) ?? false) || hits.some((hit) => isUseOf(right, hit)));
        }
      const isWhole =
        rights !== null &&
        isWholeRule(rule, rights, hits) &&
        isEverywhere(binding.namespace, hits, catalog, namespaces);
      return [
        {
          grant: { binding: binding.ref, role: role.ref, ruleIndex, through },
          ruleId,
          rule,
          state: hits.length === 0 ? "unused" : isWhole ? "used" : "partly",
          inert: hits.length > 0 ? null : why,
          verbs: distinct(hits.map(({ request }) => request.verb)),
          resources: distinct(
            hits.map(({ request }) => (isResourceRequest(request) ? resourceOf(request) : request.path)),
          ),
          namespaces: distinct(hits.flatMap(({ request }) => (isResourceRequest(request) ? [request.namespace] : []))),
        },
      ];
    });
  });
  return { grants, held: countable ? held.size : null, used: [...held.values()].filter(Boolean).length };
}

/** Whether a binding in a namespace ("": cluster-wide) with this rule allows the request. */
function givesUse(rule: PolicyRule, namespace: string, { request, manyNames }: UsedRequest): boolean {
  if (!isResourceRequest(request)) return namespace === "" && ruleAllows(rule, request);
  if (namespace !== "" && request.namespace !== namespace) return false;
  // Which names they were is not known: some of them may be those of the rule.
  return ruleAllows(manyNames ? { ...rule, resourceNames: [] } : rule, request);
}

function isUseOf({ verb, group, resource }: HeldRight, { request }: UsedRequest): boolean {
  if (request.verb !== verb) return false;
  if (!isResourceRequest(request)) return group === null && urlMatches(resource, request.path);
  const asked = request.subresource === "" ? request.resource : `${request.resource}/${request.subresource}`;
  return request.apiGroup === group && asked === resource;
}

/** Every right of the rule was used, for each of its names; nothing in it stands for more than itself. */
function isWholeRule(rule: PolicyRule, rights: readonly HeldRight[], hits: readonly UsedRequest[]): boolean {
  const isOpen = [rule.verbs, rule.apiGroups, rule.resources, rule.nonResourceURLs].some((list) =>
    list.some((entry) => entry === "*" || entry.startsWith("*/") || (entry.startsWith("/") && entry.endsWith("*"))),
  );
  if (isOpen || rights.length === 0) return false;
  return rights.every((right) => {
    const uses = hits.filter((hit) => isUseOf(right, hit));
    if (uses.length === 0) return false;
    return rule.resourceNames.every((name) => uses.some(({ request }) => "name" in request && request.name === name));
  });
}

/** A right that holds cluster-wide was used cluster-wide or in every namespace. */
function isEverywhere(
  bound: string,
  hits: readonly UsedRequest[],
  catalog: ResourceCatalog,
  namespaces: readonly string[],
): boolean {
  if (bound !== "") return true;
  const inNamespaces = new Set<string>();
  for (const { request } of hits) {
    if (!isResourceRequest(request)) return true;
    const { apiGroup, resource, namespace } = request;
    if (namespace === "" || catalog.namespaced(apiGroup, resource) === false) return true;
    inNamespaces.add(namespace);
  }
  return namespaces.length > 0 && namespaces.every((namespace) => inNamespaces.has(namespace));
}

/** `pods/exec`, `deployments.apps`. */
function resourceOf({ apiGroup, resource, subresource }: ResourceRequest): string {
  const grouped = apiGroup === "" ? resource : `${resource}.${apiGroup}`;
  return subresource === "" ? grouped : `${grouped}/${subresource}`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}
