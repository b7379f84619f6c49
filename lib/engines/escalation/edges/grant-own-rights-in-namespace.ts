import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** As cluster-wide, for the rights that the author holds in the namespace. */
export const grantOwnRightsInNamespace: EscalationEdge = {
  id: "GRANT_OWN_RIGHTS_IN_NAMESPACE",
  primitive: "R12",
  name: "pass on rights in namespace",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [rights(["create", "update", "patch"], "rbac.authorization.k8s.io", ["rolebindings"])],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) =>
    `may pass on rights that it holds itself${inPlace(place)}, to anybody and for good${place.names ? `, by ${namedOr("any binding", place, "the binding")}` : ""}`,
  target: ({ namespace }) => ({
    label: "Passes on",
    title: "its own rights",
    detail: namespace === null ? "in every namespace" : `in ${namespace}`,
  }),
  gives: "Nothing new for itself. Whoever has taken it over can leave the same rights to another subject.",
  fix: "Leave the writing of bindings to one controller or a few administrators.",
  technique: "T1098.006",
  source:
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update",
};
