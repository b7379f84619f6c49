import type { EscalationEdge } from "../edge.ts";
import { activeIfAny, clusterRoleGains, createAnyRole } from "../role-rewriting.ts";

/**
 * A POST has no name, so rights limited by name do not help; server-side apply asks for `patch`, `create` and `escalate` with the name. A role
 * that nobody is bound to gives nothing yet.
 */
export const escalateNewClusterRole: EscalationEdge = {
  id: "ESCALATE_NEW_CLUSTER_ROLE",
  primitive: "R07",
  name: "create any cluster role",
  scope: "cluster",
  implies: ["CREATE_MISSING_CLUSTER_ROLE", "AGGREGATE_OWN_RIGHTS"],
  effort: 1,
  names: "all",
  needs: () => createAnyRole("clusterroles"),
  gain: ({ names }, facts, holder) => clusterRoleGains({ are: "new", names: names ?? null }, facts, holder),
  state: ({ names }, facts, holder) =>
    activeIfAny(
      clusterRoleGains({ are: "new", names: names ?? null }, facts, holder),
      "no binding of it refers to a role that it could create",
    ),
  severity: () => "high",
  sentence: () => "can create cluster roles with rights beyond its own",
  target: () => ({ label: "Creates", title: "any cluster role", detail: "where a binding already refers to it" }),
  gives: "A ClusterRole with any rules. It counts where a binding or an aggregated role already waits for it.",
  fix: "Remove escalate; only the API server's own controllers need it.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update",
};
