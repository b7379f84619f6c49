import type { EscalationEdge } from "../edge.ts";

/** One rule with `*` in verbs, groups and resources, bound cluster-wide. Listing everything by name is not the same: it does not cover `*`. */
export const clusterAdmin: EscalationEdge = {
  id: "CLUSTER_ADMIN",
  primitive: "R02",
  name: "cluster-admin",
  scope: "cluster",
  implies: "all",
  effort: 1,
  needs: () => [[{ verb: "*", apiGroup: "*", resource: "*" }]],
  gain: () => ({ type: "cluster-admin" }),
  severity: () => "critical",
  sentence: () => "may do everything to every object in the cluster",
  target: () => ({ label: "Is", title: "cluster-admin", detail: "every object in the cluster" }),
  gives:
    "Every verb on every resource in every namespace: the subject is cluster-admin under whatever name the role has.",
  fix: "Remove the binding, or bind a role that lists the verbs and resources the subject uses.",
  technique: "T1078",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles",
};
