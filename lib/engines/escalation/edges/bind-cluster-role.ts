import type { EscalationEdge } from "../edge.ts";

/** `bind` is asked on the ClusterRole that the new binding refers to; a rule limited by name counts only for a role that is worth binding. */
export const bindClusterRole: EscalationEdge = {
  id: "BIND_CLUSTER_ROLE",
  primitive: "R08",
  name: "bind cluster roles",
  scope: "cluster",
  implies: ["BIND_CLUSTER_ROLE_IN_NAMESPACE"],
  needs: ({ takeoverRoles }) => [
    ["", ...takeoverRoles].map((name) => ({
      verb: "bind",
      apiGroup: "rbac.authorization.k8s.io",
      resource: "clusterroles",
      name,
    })),
    [{ verb: "create", apiGroup: "rbac.authorization.k8s.io", resource: "clusterrolebindings" }],
  ],
  severity: () => "critical",
  sentence: () => "can grant itself any role: it may bind cluster roles and create cluster role bindings",
  target: () => ({ label: "Takes over", title: "cluster-admin", detail: "by a binding of its own" }),
  gives: "A ClusterRoleBinding of cluster-admin to itself.",
  fix: "Remove bind, or limit it with resourceNames to roles that are not powerful.",
  technique: "T1098.006",
  source:
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update",
};
