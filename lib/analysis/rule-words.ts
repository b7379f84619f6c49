import type { PolicyRule } from "../model/rbac.ts";
import { listOf } from "./words.ts";

/** A rule without its empty lists, as it is written in YAML. */
export function shortRule(rule: PolicyRule): Partial<PolicyRule> {
  return Object.fromEntries(Object.entries(rule).filter(([, list]: [string, readonly string[]]) => list.length > 0));
}

/** `get, list of secrets and configmaps`, `get of URL /metrics`. */
export function ruleText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const what =
    nonResourceURLs.length > 0
      ? `URL ${listOf(nonResourceURLs, 4)}`
      : listOf(
          resources.map((resource) => {
            const groups = apiGroups.filter((group) => group !== "");
            return groups.length === 1 && groups[0] !== "*" ? `${resource}.${groups[0]}` : resource;
          }),
          4,
        );
  const names = resourceNames.length === 0 ? "" : ` named ${listOf(resourceNames, 4)}`;
  return `${listOf(verbs, 5)} of ${what}${names}`;
}
