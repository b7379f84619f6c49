import type { EscalationEdge } from "../edge.ts";

/** Users are cluster-scoped: a role binding grants nothing here. A rule limited by name is left to the target's own rights. */
export const impersonateUser: EscalationEdge = {
  id: "IMPERSONATE_USER",
  primitive: "R16",
  name: "impersonate users",
  scope: "cluster",
  implies: [],
  needs: () => [[{ verb: "impersonate", apiGroup: "", resource: "users" }]],
  severity: () => "critical",
  sentence: () => "may act as any user: it may impersonate users without limit to names",
  target: () => ({ label: "Acts as", title: "any user", detail: "administrators included" }),
  gives: "The rights of every user of the cluster, one request at a time.",
  fix: "Limit the rule with resourceNames to the users it must act as.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation",
};
