import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** A label makes a ClusterRole part of an aggregated one. Without `escalate` it may hold only what its author holds, old rules included. */
export const aggregateOwnRights: EscalationEdge = {
  id: "AGGREGATE_OWN_RIGHTS",
  primitive: "R13",
  name: "feed aggregated roles",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [rights(["create", "update", "patch"], "rbac.authorization.k8s.io", ["clusterroles"])],
  applies: (_place, { rbac }) => rbac.aggregatedRoles.size > 0,
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) =>
    `may add rights that it holds itself to roles such as edit or view, for all who are bound to them${place.names ? `, by ${namedOr("any role", place, "the role")}` : ""}`,
  target: (_place, { rbac }) => ({
    label: "Feeds",
    title: "aggregated roles",
    detail: [...rbac.aggregatedRoles].slice(0, 3).join(", ") || "none in the cluster",
  }),
  gives: "Nothing new for itself. Holders of an aggregated role get rights that the author holds.",
  fix: "Leave the writing of cluster roles to one controller or a few administrators.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles",
};
