import type { Labels } from "./labels.ts";
import { labelValue } from "./labels.ts";
import type { ClusterRole, LabelSelector, PolicyRule } from "./rbac.ts";
import { compareText } from "./subject-name.ts";

/** The other ClusterRoles that an aggregated role gathers, by name; none for a role without aggregation rule. */
export function aggregationSources(role: ClusterRole, clusterRoles: readonly ClusterRole[]): readonly ClusterRole[] {
  const selectors = role.aggregationSelectors ?? [];
  return clusterRoles
    .filter(
      ({ metadata }) =>
        metadata.name !== role.metadata.name &&
        selectors.some((selector) => selectorMatches(selector, metadata.labels)),
    )
    .sort((a, b) => compareText(a.metadata.name, b.metadata.name));
}

/** The rules that the controller gives an aggregated role: those of its sources, each once. */
export function aggregatedRules(role: ClusterRole, clusterRoles: readonly ClusterRole[]): readonly PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  for (const source of aggregationSources(role, clusterRoles))
    for (const rule of source.rules) if (!rules.has(ruleKey(rule))) rules.set(ruleKey(rule), rule);
  return [...rules.values()];
}

/** Whether a label selector picks an object; an empty one picks everything, an unknown operator nothing. */
export function selectorMatches(selector: LabelSelector, labels: Labels): boolean {
  return (
    selector.matchLabels.every(([key, value]) => labelValue(labels, key) === value) &&
    selector.matchExpressions.every(({ key, operator, values }) => {
      const value = labelValue(labels, key);
      if (operator === "In") return value !== undefined && values.includes(value);
      if (operator === "NotIn") return value === undefined || !values.includes(value);
      if (operator === "Exists") return value !== undefined;
      return operator === "DoesNotExist" && value === undefined;
    })
  );
}

/** Equal for rules that are written alike. */
export function ruleKey(rule: PolicyRule): string {
  return JSON.stringify([rule.verbs, rule.apiGroups, rule.resources, rule.resourceNames, rule.nonResourceURLs]);
}
