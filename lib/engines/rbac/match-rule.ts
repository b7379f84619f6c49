import { isResourceRequest, type AccessRequest } from "../../model/access.ts";
import type { PolicyRule } from "../../model/rbac.ts";

/**
 * Whether one rule allows one request. Verb, API group, resource and name must all match within this rule; strings are
 * compared exactly and case-sensitively, `*` stands for everything only where RBAC says so.
 * This is the definition; `RuleIndex` answers the same question for many rules at once. Never throws.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  if (!isResourceRequest(request)) {
    return includesOrAll(rule.verbs, request.verb) && rule.nonResourceURLs.some((url) => urlMatches(url, request.path));
  }
  return (
    includesOrAll(rule.verbs, request.verb) &&
    includesOrAll(rule.apiGroups, request.apiGroup) &&
    resourceTokens(request.resource, request.subresource).some((token) => rule.resources.includes(token)) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name))
  );
}

/**
 * Entries of a rule's `resources` that match a resource: `*`, the literal `resource` or `resource/subresource`, and for a
 * subresource `*` followed by it. `pods/*` is none of them: it matches nothing but a subresource literally named `*`.
 */
export function resourceTokens(resource: string, subresource: string): readonly string[] {
  return subresource === "" ? ["*", resource] : ["*", `${resource}/${subresource}`, `*/${subresource}`];
}

/** Exact, `*`, or a prefix before trailing stars: `/foo/*` does not match `/foo`, `/foo*` matches `/foobar`. */
export function urlMatches(ruleUrl: string, path: string): boolean {
  if (ruleUrl === "*" || ruleUrl === path) return true;
  return ruleUrl.endsWith("*") && path.startsWith(ruleUrl.replace(/\*+$/, ""));
}

function includesOrAll(entries: readonly string[], value: string): boolean {
  return entries.includes("*") || entries.includes(value);
}
