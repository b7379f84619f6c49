import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Without `bind`, a binding is refused unless its author holds every right of the role already: others gain, the author does not. */
export const grantOwnRights: EscalationEdge = {
  id: "GRANT_OWN_RIGHTS",
  primitive: "R12",
  name: "pass on own rights",
  scope: "cluster",
  implies: ["GRANT_OWN_RIGHTS_IN_NAMESPACE"],
  effort: 1,
  needs: () => [rights(["create", "update", "patch"], "rbac.authorization.k8s.io", ["clusterrolebindings"])],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) =>
    `may pass on rights that it holds itself, to anybody and for good${place.names ? `, by ${namedOr("any binding", place, "the binding")}` : ""}`,
  target: () => ({ label: "Passes on", title: "its own rights", detail: "cluster-wide" }),
  gives: "Nothing new for itself. Whoever has taken it over can leave the same rights to another subject.",
  fix: "Leave the writing of bindings to one controller or a few administrators.",
  technique: "T1098.006",
  source:
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update",
};
