import type { RightQuery } from "../rbac/index.ts";
import type { EdgeFacts, EdgeState, Gain, Holder, Place } from "./edge.ts";

const GROUP = "rbac.authorization.k8s.io";

/**
 * What it takes to create a role with any rules: `escalate` and `create`, both without limit to names for a POST; or limited to one same name
 * together with `patch`, for server-side apply.
 */
export function createAnyRole(resource: "clusterroles" | "roles"): readonly (readonly RightQuery[])[] {
  const right = (verb: string): RightQuery => ({ verb, apiGroup: GROUP, resource });
  const named = (verb: string): RightQuery => ({ ...right(verb), names: "any" });
  return [
    [named("escalate")],
    [named("create")],
    [right("escalate"), named("patch")],
    [right("create"), named("patch")],
  ];
}

/** Roles that somebody may fill with any rules: those of these names (null: all), and whether it takes existing ones or makes new ones. */
export interface WritableRoles {
  readonly are: "existing" | "new";
  readonly names: readonly string[] | null;
}

/**
 * What it gives to fill cluster roles with any rules: every right where one of them is bound to the holder, or where a role is bound to it
 * that gathers the rules of others by label, as then the label is all that is needed. A new role counts where a binding of the holder
 * already refers to it. Empty when no such binding is known.
 */
export function clusterRoleGains(writable: WritableRoles, { rbac }: EdgeFacts, holder: Holder): readonly Gain[] {
  const reaches = (bound: ReadonlySet<string>) =>
    [...bound].some((name) => isWritable(name, writable, rbac.aggregatedRoles));
  const awaited = writable.are === "new" ? awaitedBy(holder, "ClusterRole", writable.names, rbac.dangling) : [];
  if (reaches(holder.clusterRoles()) || awaited.includes(null)) return [{ type: "cluster-admin" }];
  const namespaces = holder.namespaces().filter((namespace) => reaches(holder.clusterRolesIn(namespace)));
  return namespaceAdmins([...namespaces, ...awaited.filter((namespace) => namespace !== null)]);
}

/** The same for roles of a namespace, or of every namespace (null). */
export function roleGains(
  writable: WritableRoles,
  namespace: string | null,
  { rbac }: EdgeFacts,
  holder: Holder,
): readonly Gain[] {
  const places = namespace === null ? holder.namespaces() : [namespace];
  const { are, names } = writable;
  if (are === "new") {
    const awaited = awaitedBy(holder, "Role", names, rbac.dangling);
    return namespaceAdmins(
      awaited.filter((other) => other !== null && (namespace === null || other === namespace)).map(String),
    );
  }
  return namespaceAdmins(places.filter((place) => [...holder.rolesIn(place)].some((name) => isAmong(name, names))));
}

/**
 * What it gives to fill existing roles of a namespace (null: of every one) with any rules and to act as the service accounts there: the namespaces where
 * such a role is bound to one of them, beside those where the holder's own roles are enough.
 */
export function roleGainsByAccount(
  names: readonly string[] | null,
  namespace: string | null,
  facts: EdgeFacts,
  holder: Holder,
): readonly Gain[] {
  const { rbac } = facts;
  const own = new Set(adminOf(roleGains({ are: "existing", names }, namespace, facts, holder)));
  const bindings = namespace === null ? rbac.roleBindings : rbac.bindingsIn(namespace);
  return namespaceAdmins(
    bindings.flatMap((binding) => {
      const { namespace: place, role, dangling } = binding;
      if (place === null || own.has(place) || role.kind !== "Role" || dangling || !isAmong(role.name, names)) return [];
      return rbac.namesAccountIn(binding, namespace) ? [place] : [];
    }),
  );
}

/** The same with cluster roles, for the accounts of the place; rights to write cluster roles count only where they hold in the cluster. */
export function clusterRoleGainsByAccount(
  { namespace, names }: Place,
  facts: EdgeFacts,
  holder: Holder,
): readonly Gain[] {
  const { rbac } = facts;
  const writable = clusterRolesWritable(names ?? null, holder);
  if (writable?.length === 0) return [];
  const gains = clusterRoleGains({ are: "existing", names: writable }, facts, holder);
  if (gains.some(({ type }) => type === "cluster-admin")) return [];
  const own = new Set(adminOf(gains));
  const bound = [...rbac.bindingsIn(null), ...rbac.roleBindings].filter(
    (binding) =>
      binding.role.kind === "ClusterRole" &&
      !binding.dangling &&
      isAmong(binding.role.name, writable) &&
      rbac.namesAccountIn(binding, namespace),
  );
  if (bound.some((binding) => binding.namespace === null)) return [{ type: "cluster-admin" }];
  return namespaceAdmins(bound.flatMap((binding) => binding.namespace ?? []).filter((place) => !own.has(place)));
}

/** Which of these cluster roles (null: all) the holder may rewrite by rights that hold in the cluster. */
function clusterRolesWritable(names: readonly string[] | null, holder: Holder): readonly string[] | null {
  const holds = (verbs: readonly string[], name: string) =>
    verbs.some((verb) => holder.holds({ verb, apiGroup: GROUP, resource: "clusterroles", name }, null));
  const may = (name: string) => holds(["escalate"], name) && holds(["update", "patch"], name);
  // Without a name only what is not limited to names allows it.
  if (names === null) return may("") ? null : [];
  return names.filter(may);
}

function adminOf(gains: readonly Gain[]): readonly string[] {
  return gains.flatMap((gain) => (gain.type === "namespace-admin" && gain.namespace !== null ? [gain.namespace] : []));
}

/** Active where it gains something, else latent. */
export function activeIfAny(gains: readonly Gain[], reason: string): EdgeState {
  return gains.length > 0 ? { state: "active" } : { state: "latent", reason };
}

function isWritable(name: string, writable: WritableRoles, aggregated: ReadonlySet<string>): boolean {
  if (aggregated.has(name)) return true;
  return writable.are === "existing" && isAmong(name, writable.names);
}

function isAmong(name: string, names: readonly string[] | null): boolean {
  return names === null || names.includes(name);
}

/** Places of bindings that name the holder and a role that does not exist. */
function awaitedBy(
  { identities }: Holder,
  kind: "ClusterRole" | "Role",
  names: readonly string[] | null,
  dangling: EdgeFacts["rbac"]["dangling"],
): readonly (string | null)[] {
  return dangling
    .filter(
      ({ role, subjects }) =>
        role.kind === kind && isAmong(role.name, names) && subjects.some((subject) => identities.includes(subject)),
    )
    .map(({ namespace }) => namespace);
}

function namespaceAdmins(namespaces: readonly string[]): readonly Gain[] {
  return [...new Set(namespaces)].map((namespace) => ({ type: "namespace-admin", namespace }));
}
