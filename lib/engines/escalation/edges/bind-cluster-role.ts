import { namedOr, type EscalationEdge, type Place } from "../edge.ts";

/** `bind` is asked on the ClusterRole that the new binding refers to; limited by name it gives what that role gives. */
export const bindClusterRole: EscalationEdge = {
  id: "BIND_CLUSTER_ROLE",
  primitive: "R08",
  name: "bind cluster roles",
  scope: "cluster",
  implies: [
    "BIND_CLUSTER_ROLE_IN_NAMESPACE",
    "BIND_ROLE",
    "JOIN_CLUSTER_ROLE_BINDING",
    "JOIN_ROLE_BINDING",
    "GRANT_OWN_RIGHTS",
    "GRANT_OWN_RIGHTS_IN_NAMESPACE",
  ],
  effort: 1,
  needs: () => [
    [{ verb: "bind", apiGroup: "rbac.authorization.k8s.io", resource: "clusterroles", names: "any" }],
    [{ verb: "create", apiGroup: "rbac.authorization.k8s.io", resource: "clusterrolebindings" }],
  ],
  gain: (place, { takeoverRoles }) =>
    reaches(place, takeoverRoles)
      ? { type: "cluster-admin" }
      : { type: "cluster-roles", namespace: null, names: place.names ?? null },
  severity: (place, { takeoverRoles }) => (reaches(place, takeoverRoles) ? "critical" : "low"),
  sentence: (place) =>
    `can grant itself ${namedOr("any role", place, "the role")}: it may bind cluster roles and create cluster role bindings`,
  target: (place, { takeoverRoles }) =>
    reaches(place, takeoverRoles)
      ? { label: "Takes over", title: "cluster-admin", detail: "by a binding of its own" }
      : { label: "Holds", title: namedOr("any cluster role", place, "role"), detail: "by a binding of its own" },
  gives: "A ClusterRoleBinding of cluster-admin to itself.",
  fix: "Remove bind, or limit it with resourceNames to roles that are not powerful.",
  technique: "T1098.006",
  source:
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update",
};

function reaches({ names }: Place, takeoverRoles: readonly string[]): boolean {
  return names ? names.some((name) => takeoverRoles.includes(name)) : takeoverRoles.length > 0;
}
