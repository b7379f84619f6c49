import { namedOr, type EscalationEdge } from "../edge.ts";
import { joinGains } from "../joinable-bindings.ts";
import { rights } from "../rights.ts";
import { activeIfAny } from "../role-rewriting.ts";

const RBAC = "rbac.authorization.k8s.io";

/** `bind` is asked for every write of a binding, also where only the subjects change. */
export const joinClusterRoleBinding: EscalationEdge = {
  id: "JOIN_CLUSTER_ROLE_BINDING",
  primitive: "R11",
  name: "join cluster role bindings",
  scope: "cluster",
  implies: ["GRANT_OWN_RIGHTS"],
  effort: 1,
  needs: () => [rights(["update", "patch"], RBAC, ["clusterrolebindings"]), rights(["bind"], RBAC, ["clusterroles"])],
  gain: ({ names }, facts, holder) => joinGains(null, names ?? null, facts, holder),
  state: ({ names }, facts, holder) =>
    activeIfAny(
      joinGains(null, names ?? null, facts, holder),
      "no binding that it may change refers to a role that it may bind",
    ),
  severity: () => "medium",
  sentence: (place) =>
    `can add itself to ${namedOr("cluster role bindings that exist", place, "the cluster role binding")}, as it may bind their roles`,
  target: (place) => ({
    label: "Joins",
    title: namedOr("cluster role bindings", place, "binding"),
    detail: "with the roles they refer to",
  }),
  gives: "The ClusterRoles of existing ClusterRoleBindings, cluster-admin among them where it is bound.",
  fix: "Remove bind, or limit it with resourceNames to roles that are not powerful.",
  technique: "T1098.006",
  source:
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update",
};
