import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";
import { activeIfAny, clusterRoleGains } from "../role-rewriting.ts";

const RBAC = "rbac.authorization.k8s.io";

/** Both halves must be held for one same role; what it gives depends on where a role that can be rewritten is bound to the holder. */
export const escalateClusterRole: EscalationEdge = {
  id: "ESCALATE_CLUSTER_ROLE",
  primitive: "R05",
  name: "rewrite cluster roles",
  scope: "cluster",
  implies: ["AGGREGATE_OWN_RIGHTS"],
  effort: 1,
  names: "all",
  needs: () => [rights(["escalate"], RBAC, ["clusterroles"]), rights(["update", "patch"], RBAC, ["clusterroles"])],
  gain: ({ names }, facts, holder) => clusterRoleGains({ are: "existing", names: names ?? null }, facts, holder),
  state: ({ names }, facts, holder) =>
    activeIfAny(
      clusterRoleGains({ are: "existing", names: names ?? null }, facts, holder),
      "no role that it may rewrite is bound to it",
    ),
  severity: ({ names }) => (names ? "high" : "critical"),
  sentence: (place) =>
    `can give itself every right: it may write any rule into ${namedOr("every cluster role", place, "the cluster role")}`,
  target: () => ({ label: "Takes over", title: "cluster-admin", detail: "by rules of its own" }),
  gives: "Any rule in a ClusterRole that is bound to the subject, so every right wherever that binding counts.",
  fix: "Remove escalate; only the API server's own controllers need it.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update",
};
