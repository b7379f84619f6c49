import { namedOr, type EscalationEdge } from "../edge.ts";
import { BECOME_ACCOUNT, rights } from "../rights.ts";
import { clusterRoleGainsByAccount } from "../role-rewriting.ts";

const RBAC = "rbac.authorization.k8s.io";

/** As for roles of a namespace: cluster roles are rewritten with rights on the cluster, the account may live where it can be acted as. */
export const escalateClusterRoleOfAccount: EscalationEdge = {
  id: "ESCALATE_CLUSTER_ROLE_OF_ACCOUNT",
  primitive: "R05",
  name: "rewrite cluster roles of accounts",
  scope: "namespace",
  implies: [],
  effort: 2,
  names: "all",
  needs: () => [
    rights(["escalate"], RBAC, ["clusterroles"]),
    rights(["update", "patch"], RBAC, ["clusterroles"]),
    BECOME_ACCOUNT,
  ],
  applies: (place, facts, holder) => clusterRoleGainsByAccount(place, facts, holder).length > 0,
  gain: clusterRoleGainsByAccount,
  severity: () => "high",
  sentence: (place) =>
    `can give itself every right: it may write any rule into ${namedOr("every cluster role", place, "the cluster role")}, and act as a service account that has it`,
  target: () => ({
    label: "Takes over",
    title: "what the role reaches",
    detail: "as an account with rules of its own",
  }),
  gives:
    "Any rule in a ClusterRole that is bound to a service account which the subject can act as, so every right wherever that binding counts.",
  precondition: "a cluster role that it may rewrite is bound to a service account which it can act as",
  fix: "Remove escalate; only the API server's own controllers need it.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update",
};
