import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const RBAC = "rbac.authorization.k8s.io";

/** A Role can only be bound in its own namespace, so this reaches no further than what some Role there grants. */
export const bindRole: EscalationEdge = {
  id: "BIND_ROLE",
  primitive: "R10",
  name: "bind roles",
  scope: "namespace",
  implies: ["GRANT_OWN_RIGHTS_IN_NAMESPACE"],
  effort: 1,
  needs: () => [rights(["bind"], RBAC, ["roles"]), rights(["create"], RBAC, ["rolebindings"])],
  gain: ({ namespace, names }) => ({ type: "roles", namespace, names: names ?? null }),
  severity: ({ names }) => (names ? "low" : "medium"),
  sentence: (place) =>
    `can grant itself ${namedOr("any role", place, "the role")}${inPlace(place)}: it may bind roles and create role bindings there`,
  target: (place) => ({
    label: "Holds",
    title: namedOr("any role", place, "role"),
    detail: place.namespace === null ? "each in its namespace" : `in ${place.namespace}`,
  }),
  gives: "Every right that a Role of the namespace grants.",
  fix: "Remove bind, or limit it with resourceNames to roles that are not powerful.",
  technique: "T1098.006",
  source:
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update",
};
