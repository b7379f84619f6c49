import type { EdgeFacts, Gain, Holder } from "./edge.ts";
import type { BindingFacts } from "./rbac-facts.ts";

const RESOURCE_OF = { ClusterRole: "clusterroles", Role: "roles" } as const;

/**
 * What it gives to add oneself to bindings that exist: the roles that they refer to, as far as the holder may bind these. The reference of a
 * binding cannot be changed, its subjects can.
 * @param names  Bindings that may be changed; null for all.
 */
export function joinGains(
  namespace: string | null,
  names: readonly string[] | null,
  facts: EdgeFacts,
  holder: Holder,
): readonly Gain[] {
  const joinable = facts.rbac
    .bindingsIn(namespace)
    .filter((binding) => !binding.dangling && (names === null || names.includes(binding.name)));
  const roles = joinable.filter(bindableBy(holder));
  const fresh = mayCreateNamed(namespace, names, facts, holder) ? bindableRoles(namespace, facts, holder) : [];
  const clusterRoles = [...new Set([...namesOf(roles, "ClusterRole"), ...fresh])].sort();
  if (clusterRoles.some((name) => facts.takeoverRoles.includes(name)))
    return [namespace === null ? { type: "cluster-admin" } : { type: "namespace-admin", namespace }];
  const inNamespace = namesOf(roles, "Role");
  return [
    ...(clusterRoles.length > 0 ? [{ type: "cluster-roles", namespace, names: clusterRoles } as const] : []),
    ...(inNamespace.length > 0 ? [{ type: "roles", namespace, names: inNamespace } as const] : []),
  ];
}

/**
 * Server-side apply creates what is not there and asks for `patch` and `create` with the name, so that rights limited to the name of a binding that
 * does not exist make it, with any role that may be bound.
 */
function mayCreateNamed(
  namespace: string | null,
  names: readonly string[] | null,
  { rbac }: EdgeFacts,
  holder: Holder,
): boolean {
  if (names === null) return false;
  const existing = new Set(rbac.bindingsIn(namespace).map(({ name }) => name));
  const resource = namespace === null ? "clusterrolebindings" : "rolebindings";
  return names.some(
    (name) =>
      !existing.has(name) &&
      ["patch", "create"].every((verb) =>
        holder.holds({ verb, apiGroup: "rbac.authorization.k8s.io", resource, name }, namespace),
      ),
  );
}

/** Cluster roles that the holder may bind, of those that some binding refers to or that give every right. */
function bindableRoles(
  namespace: string | null,
  { rbac, takeoverRoles }: EdgeFacts,
  holder: Holder,
): readonly string[] {
  const names = new Set([...takeoverRoles, ...rbac.boundRoles]);
  const may = (name: string) =>
    holder.holds({ verb: "bind", apiGroup: "rbac.authorization.k8s.io", resource: "clusterroles", name }, namespace);
  return [...names].filter((name) => may(name));
}

/** Whether the holder may bind the role of a binding; each role is asked about once in a namespace, and none where all may be bound. */
function bindableBy(holder: Holder): (binding: BindingFacts) => boolean {
  const known = new Map<string, boolean>();
  const ask = (kind: BindingFacts["role"]["kind"], name: string, namespace: string | null): boolean => {
    const key = JSON.stringify([kind, name, namespace]);
    let may = known.get(key);
    if (may === undefined) {
      const resource = RESOURCE_OF[kind];
      may = holder.holds({ verb: "bind", apiGroup: "rbac.authorization.k8s.io", resource, name }, namespace);
      known.set(key, may);
    }
    return may;
  };
  return ({ role, namespace }) => ask(role.kind, "", namespace) || ask(role.kind, role.name, namespace);
}

function namesOf(bindings: readonly BindingFacts[], kind: BindingFacts["role"]["kind"]): readonly string[] {
  return [...new Set(bindings.filter(({ role }) => role.kind === kind).map(({ role }) => role.name))].sort();
}
