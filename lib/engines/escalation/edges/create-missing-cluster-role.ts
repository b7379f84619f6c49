import type { EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The binding stands and gives nothing until the role exists. Its author may fill the role only with rights of its own. */
export const createMissingClusterRole: EscalationEdge = {
  id: "CREATE_MISSING_CLUSTER_ROLE",
  primitive: "R14",
  name: "fill dangling bindings",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: () => [rights(["create"], "rbac.authorization.k8s.io", ["clusterroles"])],
  applies: (_place, { rbac }) => rbac.dangling.some(({ role }) => role.kind === "ClusterRole"),
  gain: () => ({ type: "none" }),
  state: () => ({ state: "latent", reason: "it may write only rights into the role that it holds itself" }),
  severity: () => "low",
  sentence: () => "may create a cluster role that bindings already refer to",
  target: (_place, { rbac }) => ({
    label: "Fills",
    title: "dangling bindings",
    detail: namesOf(rbac.dangling) || "none in the cluster",
  }),
  gives: "The subjects of the binding get the rules of the new role; with escalate these could be any.",
  fix: "Delete bindings whose role does not exist.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update",
};

function namesOf(dangling: readonly { readonly role: { readonly kind: string; readonly name: string } }[]): string {
  const names = dangling.filter(({ role }) => role.kind === "ClusterRole").map(({ role }) => role.name);
  return [...new Set(names)].slice(0, 3).join(", ");
}
