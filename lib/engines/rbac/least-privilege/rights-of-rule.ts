import type { PolicyRule } from "../../../model/rbac.ts";
import type { ResourceCatalog } from "../resource-catalog.ts";

/** A verb on a kind of resource, or on a URL of a rule (`group` is then null). */
export interface HeldRight {
  readonly verb: string;
  readonly group: string | null;
  readonly resource: string;
}

/** Verbs that the server asks about without a request of that verb. */
const ASKED_VERBS = new Set(["bind", "escalate", "use", "approve", "sign", "attest"]);

/**
 * The rights that a rule gives, each once: wildcards stand for what the cluster serves, and what it does not serve counts for nothing. Names are not looked at.
 * Null when the rule has a wildcard and discovery was not read. Never throws.
 */
export function rightsOfRule(rule: PolicyRule, catalog: ResourceCatalog): readonly HeldRight[] | null {
  if (rule.nonResourceURLs.length > 0)
    return rule.nonResourceURLs.flatMap((url) => rule.verbs.map((verb) => ({ verb, group: null, resource: url })));
  const isOpen = [rule.verbs, rule.apiGroups, rule.resources].some((list) =>
    list.some((entry) => entry === "*" || entry.startsWith("*/")),
  );
  if (!catalog.known)
    return isOpen
      ? null
      : combinations(rule, (group, resource) => rule.verbs.map((verb) => ({ verb, group, resource })));
  if (isOpen) return openRights(rule, catalog);
  return combinations(rule, (group, resource) =>
    rule.verbs.flatMap((verb) =>
      isAskedVerb(verb) || catalog.namespaced(group, resource) !== undefined ? [{ verb, group, resource }] : [],
    ),
  );
}

function combinations(
  { apiGroups, resources }: PolicyRule,
  rightsOf: (group: string, resource: string) => readonly HeldRight[],
): readonly HeldRight[] {
  return apiGroups.flatMap((group) => resources.flatMap((resource) => rightsOf(group, resource)));
}

function isAskedVerb(verb: string): boolean {
  return ASKED_VERBS.has(verb) || verb.startsWith("impersonate");
}

function openRights({ verbs, apiGroups, resources }: PolicyRule, catalog: ResourceCatalog): readonly HeldRight[] {
  return catalog.resources.flatMap(({ group, resource, verbs: served }) => {
    if (!apiGroups.includes("*") && !apiGroups.includes(group)) return [];
    const slash = resource.indexOf("/");
    const matches = resources.some(
      (entry) => entry === "*" || entry === resource || (slash > 0 && entry === `*${resource.slice(slash)}`),
    );
    if (!matches) return [];
    const given = verbs.includes("*") ? served : verbs;
    return given.map((verb) => ({ verb, group, resource }));
  });
}
