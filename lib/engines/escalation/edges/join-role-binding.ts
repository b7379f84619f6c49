import { inPlace, namedOr, type EdgeFacts, type EscalationEdge, type Gain, type Holder, type Place } from "../edge.ts";
import { joinGains } from "../joinable-bindings.ts";
import { rights } from "../rights.ts";
import { activeIfAny } from "../role-rewriting.ts";

const RBAC = "rbac.authorization.k8s.io";

/** As for cluster role bindings; `bind` on the role is asked in the namespace of the binding. */
export const joinRoleBinding: EscalationEdge = {
  id: "JOIN_ROLE_BINDING",
  primitive: "R11",
  name: "join role bindings",
  scope: "namespace",
  implies: ["GRANT_OWN_RIGHTS_IN_NAMESPACE"],
  effort: 1,
  needs: () => [rights(["update", "patch"], RBAC, ["rolebindings"]), rights(["bind"], RBAC, ["clusterroles", "roles"])],
  gain: gainsIn,
  state: (place, facts, holder) =>
    activeIfAny(gainsIn(place, facts, holder), "no binding that it may change refers to a role that it may bind"),
  severity: () => "medium",
  sentence: (place) =>
    `can add itself to ${namedOr("role bindings that exist", place, "the role binding")}${inPlace(place)}, as it may bind their roles`,
  target: (place) => ({
    label: "Joins",
    title: namedOr("role bindings", place, "binding"),
    detail: place.namespace === null ? "in every namespace" : `in ${place.namespace}`,
  }),
  gives: "The roles of existing RoleBindings, each in the namespace of its binding.",
  fix: "Remove bind, or limit it with resourceNames to roles that are not powerful.",
  technique: "T1098.006",
  source:
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update",
};

function gainsIn({ namespace, names }: Place, facts: EdgeFacts, holder: Holder): readonly Gain[] {
  const places = namespace === null ? facts.rbac.roleBindings.map((binding) => binding.namespace) : [namespace];
  return [...new Set(places)].flatMap((place) => joinGains(place, names ?? null, facts, holder));
}
