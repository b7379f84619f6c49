import { accountSeverity, inPlace, type EscalationEdge } from "../edge.ts";

/** For a RoleBinding, `bind` on the ClusterRole is asked in the namespace of the binding. */
export const bindClusterRoleInNamespace: EscalationEdge = {
  id: "BIND_CLUSTER_ROLE_IN_NAMESPACE",
  primitive: "R09",
  name: "bind roles in namespace",
  scope: "namespace",
  implies: [],
  needs: ({ takeoverRoles }) => [
    ["", ...takeoverRoles].map((name) => ({
      verb: "bind",
      apiGroup: "rbac.authorization.k8s.io",
      resource: "clusterroles",
      name,
    })),
    [{ verb: "create", apiGroup: "rbac.authorization.k8s.io", resource: "rolebindings" }],
  ],
  severity: (place, facts) => accountSeverity(place, facts, "high"),
  sentence: (place) =>
    `can grant itself any cluster role${inPlace(place)}: it may bind cluster roles and create role bindings there`,
  target: ({ namespace }, facts) => {
    const account = namespace === null ? null : facts.takeoverAccountIn(namespace);
    if (account) return { label: "Takes over", title: "cluster-admin", detail: `as ${namespace}/${account}` };
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
