import { aggregationSources, ruleKey } from "../../model/aggregated-rules.ts";
import type { ClusterRole } from "../../model/rbac.ts";

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
