import type { Bitset } from "../bitset.ts";
import { rulesFor, type AccessModel, type RightQuery } from "../rbac/index.ts";

const CLUSTER_ADMIN = "cluster-admin";

const EVERYTHING: RightQuery = { verb: "*", apiGroup: "*", resource: "*" };

/** Positions of the rules of a role that give every right on every resource. */
export function takeoverRules(model: AccessModel, role: number): readonly number[] {
  return rulesAmong(model, role, rulesFor(model, EVERYTHING));
}

function rulesAmong({ roles }: AccessModel, role: number, rules: Bitset): readonly number[] {
  return (roles[role]?.ruleIds ?? []).flatMap((id, position) => (rules.has(id) ? [position] : []));
}

/**
 * ClusterRoles with one rule of `*` everywhere: what is worth binding. The API server makes `cluster-admin` itself, so it is there also where the
 * objects do not contain it: in manifests that nobody binds it in, or where roles could not be read.
 */
export function takeoverRoles(model: AccessModel): readonly string[] {
  const names: string[] = [];
  const everything = rulesFor(model, EVERYTHING);
  let hasClusterAdmin = false;
  for (const [role, { ref }] of model.roles.entries()) {
    if (ref.kind !== "ClusterRole") continue;
    if (ref.name === CLUSTER_ADMIN) hasClusterAdmin = true;
    if (rulesAmong(model, role, everything).length > 0) names.push(ref.name);
  }
  return hasClusterAdmin ? names : [...names, CLUSTER_ADMIN];
}

/** Those that are left when some rules are gone, given by their position in the role. */
export function takeoverRolesWithout(
  model: AccessModel,
  names: readonly string[],
  rules: ReadonlyMap<number, ReadonlySet<number>>,
): readonly string[] {
  const gone = new Set<string>();
  for (const [role, removed] of rules) {
    const ref = model.roles[role]?.ref;
    if (ref?.kind === "ClusterRole" && takeoverRules(model, role).every((rule) => removed.has(rule)))
      gone.add(ref.name);
  }
  return gone.size === 0 ? names : names.filter((name) => !gone.has(name));
}
