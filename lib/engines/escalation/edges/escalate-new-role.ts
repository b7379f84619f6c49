import { inPlace, type EscalationEdge } from "../edge.ts";
import { activeIfAny, createAnyRole, roleGains } from "../role-rewriting.ts";

/** As for cluster roles; counts where a RoleBinding of the holder already refers to the Role. */
export const escalateNewRole: EscalationEdge = {
  id: "ESCALATE_NEW_ROLE",
  primitive: "R07",
  name: "create any role",
  scope: "namespace",
  implies: ["CREATE_MISSING_ROLE"],
  effort: 1,
  names: "all",
  needs: () => createAnyRole("roles"),
  gain: ({ namespace, names }, facts, holder) =>
    roleGains({ are: "new", names: names ?? null }, namespace, facts, holder),
  state: ({ namespace, names }, facts, holder) =>
    activeIfAny(
      roleGains({ are: "new", names: names ?? null }, namespace, facts, holder),
      "no binding of it refers to a role that it could create",
    ),
  severity: () => "high",
  sentence: (place) => `can create roles with rights beyond its own${inPlace(place)}`,
  target: ({ namespace }) => ({
    label: "Creates",
    title: namespace === null ? "any role" : `any role in ${namespace}`,
    detail: "where a binding already refers to it",
  }),
  gives: "A Role with any rules. It counts where a binding already refers to it.",
  fix: "Remove escalate; only the API server's own controllers need it.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update",
};
