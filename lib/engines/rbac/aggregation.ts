import type { Labels } from "../../model/labels.ts";
import { labelValue } from "../../model/labels.ts";
import type { ClusterRole, LabelSelector, PolicyRule } from "../../model/rbac.ts";
import { compareText } from "../../model/subject-name.ts";

/** Where the rules of an aggregated role come from. Authorisation never uses this: only the stored rules count. */
export interface AggregationProvenance {
  /** Names of contributing roles for each stored rule; empty when no selected role holds it. */
  readonly sourcesOfRule: readonly (readonly string[])[];
  /** Stored rules differ, as a set, from what the selected roles would give now. */
  readonly drift: boolean;
}

/**
 * Recomputes an aggregated ClusterRole: the union, in name order and without exact duplicates, of the rules of every other
 * ClusterRole that one of its selectors picks. Null for a role without aggregation rule. Never throws.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function aggregationOf(role: ClusterRole, clusterRoles: readonly ClusterRole[]): AggregationProvenance | null {
  if (!role.aggregationSelectors) return null;
  const namesByRule = new Map<string, string[]>();
  for (const source of aggregationSources(role, clusterRoles)) {
    for (const rule of source.rules) {
      const key = ruleKey(rule);
      const names = namesByRule.get(key);
      if (!names) namesByRule.set(key, [source.metadata.name]);
      else if (!names.includes(source.metadata.name)) names.push(source.metadata.name);
    }
  }
  const stored = new Set(role.rules.map(ruleKey));
  return {
    sourcesOfRule: role.rules.map((rule) => namesByRule.get(ruleKey(rule)) ?? []),
    drift: stored.size !== namesByRule.size || [...stored].some((key) => !namesByRule.has(key)),
  };
}

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
