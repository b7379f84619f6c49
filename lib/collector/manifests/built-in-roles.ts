import type { ObjectMetadata } from "#lib/model/metadata.ts";
import type { ClusterRole } from "#lib/model/rbac.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { ProjectionContext } from "../project/metadata.ts";
import { aggregatedRules, ruleKey } from "#lib/model/aggregated-rules.ts";
import { compareObjects } from "#lib/model/compare-objects.ts";
import { createInterner } from "../project/interner.ts";
import { projectClusterRole } from "../project/rbac.ts";
import { defaultRoles } from "./defaults-data.ts";

const BOOTSTRAP_LABEL = "kubernetes.io/bootstrapping";

/** Whether the API server itself made the role. */
export function isBuiltIn({ metadata }: { readonly metadata: ObjectMetadata }): boolean {
  return metadata.labels.some(([key, value]) => key === BOOTSTRAP_LABEL && value === "rbac-defaults");
}

/** The ClusterRoles of a new cluster. */
export function builtInClusterRoles(context: ProjectionContext): readonly ClusterRole[] {
  return defaultRoles().clusterRoles.map(({ name, labels, rules, aggregationRule }) =>
    projectClusterRole({ metadata: { name, labels: Object.fromEntries(labels) }, rules, aggregationRule }, context),
  );
}

/**
 * The rules that a controller would add to some aggregated roles.
 * @param roles  All ClusterRoles by name.
 * @param open   Names of those that take further rules.
 * @returns The roles that changed, by name.
 */
export function gatherRules(
  roles: ReadonlyMap<string, ClusterRole>,
  open: ReadonlySet<string>,
): ReadonlyMap<string, ClusterRole> {
  const current = new Map(roles);
  const changed = new Map<string, ClusterRole>();
  // An aggregated role may be gathered by another one. Rules are only ever added, so this ends.
  for (let again = true; again;) {
    again = false;
    const all = [...current.values()];
    for (const role of all) {
      const { name } = role.metadata;
      if (!role.aggregationSelectors || !open.has(name)) continue;
      const known = new Set(role.rules.map(ruleKey));
      const more = aggregatedRules(role, all).filter((rule) => !known.has(ruleKey(rule)));
      if (more.length === 0) continue;
      const fuller = { ...role, rules: [...role.rules, ...more] };
      current.set(name, fuller);
      changed.set(name, fuller);
      again = true;
    }
  }
  return changed;
}

/**
 * A snapshot of manifests with all built-in ClusterRoles, for questions about objects that are not in it yet: a new binding may refer
 * to any of them. Those that a binding of the snapshot refers to are there already or known to be missing, so nobody's rights change.
 * Every other snapshot, and a dump of a cluster, is returned as it is. Never throws.
 */
export function withBuiltInRoles(snapshot: ClusterSnapshot): ClusterSnapshot {
  const { clusterRoles, roleBindings, clusterRoleBindings } = snapshot.objects;
  const isDump = clusterRoles.some((role) => isBuiltIn(role) && role.metadata.uid !== undefined);
  if (snapshot.source.type !== "manifests" || isDump) return snapshot;
  const settled = new Set(clusterRoles.map(({ metadata }) => metadata.name));
  for (const { roleRef } of [...roleBindings, ...clusterRoleBindings])
    if (roleRef.kind === "ClusterRole") settled.add(roleRef.name);
  const builtIn = builtInClusterRoles({ interner: createInterner() }).filter(
    ({ metadata }) => !settled.has(metadata.name),
  );
  const all = new Map([...clusterRoles, ...builtIn].map((role) => [role.metadata.name, role]));
  const gathered = gatherRules(all, new Set(builtIn.map(({ metadata }) => metadata.name)));
  const added = builtIn.map((role) => gathered.get(role.metadata.name) ?? role);
  const objects = { ...snapshot.objects, clusterRoles: [...clusterRoles, ...added].sort(compareObjects) };
  return { ...snapshot, objects };
}
