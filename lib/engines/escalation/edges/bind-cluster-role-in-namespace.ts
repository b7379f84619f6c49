import { accountSeverity, inPlace, namedOr, type EscalationEdge, type Place } from "../edge.ts";

/** For a RoleBinding, `bind` on the ClusterRole is asked in the namespace of the binding. */
export const bindClusterRoleInNamespace: EscalationEdge = {
  id: "BIND_CLUSTER_ROLE_IN_NAMESPACE",
  primitive: "R09",
  name: "bind roles in namespace",
  scope: "namespace",
  implies: ["BIND_ROLE", "JOIN_ROLE_BINDING", "GRANT_OWN_RIGHTS_IN_NAMESPACE"],
  effort: 1,
  needs: () => [
    [{ verb: "bind", apiGroup: "rbac.authorization.k8s.io", resource: "clusterroles", names: "any" }],
    [{ verb: "create", apiGroup: "rbac.authorization.k8s.io", resource: "rolebindings" }],
  ],
  gain: (place, { takeoverRoles }) =>
    reaches(place, takeoverRoles)
      ? { type: "namespace-admin", namespace: place.namespace }
      : { type: "cluster-roles", namespace: place.namespace, names: place.names ?? null },
  severity: (place, facts) =>
    reaches(place, facts.takeoverRoles) ? accountSeverity({ namespace: place.namespace }, facts, "high") : "low",
  sentence: (place) =>
    `can grant itself ${namedOr("any cluster role", place, "the cluster role")}${inPlace(place)}: it may bind cluster roles and create role bindings there`,
  target: ({ namespace, names }, facts) => {
    const account = namespace === null ? null : facts.takeoverAccountIn(namespace);
    if (account && reaches({ namespace, names: names ?? null }, facts.takeoverRoles))
      return { label: "Takes over", title: "cluster-admin", detail: `as ${namespace}/${account}` };
    return {
      label: "Owns",
      title: namespace === null ? "every namespace" : `namespace ${namespace}`,
      detail: "by a binding of its own",
    };
  },
  gives: "Every right of any ClusterRole, inside the namespace.",
  fix: "Remove bind, or limit it with resourceNames to roles that are not powerful.",
  technique: "T1098.006",
  source:
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update",
};

function reaches({ names }: Place, takeoverRoles: readonly string[]): boolean {
  return names ? names.some((name) => takeoverRoles.includes(name)) : takeoverRoles.length > 0;
}
