import { inPlace, type EdgeFacts, type EscalationEdge, type Place } from "../edge.ts";
import { rights } from "../rights.ts";

/** As for cluster roles, with a Role that RoleBindings of its namespace refer to. */
export const createMissingRole: EscalationEdge = {
  id: "CREATE_MISSING_ROLE",
  primitive: "R14",
  name: "fill dangling role bindings",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [rights(["create"], "rbac.authorization.k8s.io", ["roles"])],
  applies: (place, facts) => danglingIn(place, facts).length > 0,
  gain: () => ({ type: "none" }),
  state: () => ({ state: "latent", reason: "it may write only rights into the role that it holds itself" }),
  severity: () => "low",
  sentence: (place) => `may create a role that bindings already refer to${inPlace(place)}`,
  target: (place, facts) => ({
    label: "Fills",
    title: "dangling role bindings",
    detail: danglingIn(place, facts).slice(0, 3).join(", ") || "none there",
  }),
  gives: "The subjects of the binding get the rules of the new role; with escalate these could be any.",
  fix: "Delete bindings whose role does not exist.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update",
};

/** Names of roles that do not exist but are bound. */
function danglingIn({ namespace }: Place, { rbac }: EdgeFacts): readonly string[] {
  const names = rbac.dangling
    .filter((binding) => binding.role.kind === "Role" && (namespace === null || binding.namespace === namespace))
    .map(({ role }) => role.name);
  return [...new Set(names)];
}
