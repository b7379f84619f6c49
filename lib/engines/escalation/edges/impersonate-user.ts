import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Users are cluster-scoped: a role binding grants nothing here. A rule limited by name gives what those users may do. */
export const impersonateUser: EscalationEdge = {
  id: "IMPERSONATE_USER",
  primitive: "R16",
  name: "impersonate users",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: () => [rights(["impersonate"], "", ["users"])],
  gain: ({ names }) => ({ type: "users", names: names ?? null }),
  severity: ({ names }) => (names ? "medium" : "critical"),
  sentence: (place) =>
    place.names
      ? `may act as ${namedOr("any user", place, "the user")}`
      : "may act as any user: it may impersonate users without limit to names",
  target: (place) => ({
    label: "Acts as",
    title: namedOr("any user", place, "user"),
    detail: place.names ? "with the user's rights" : "administrators included",
  }),
  gives: "The rights of every user of the cluster, one request at a time.",
  fix: "Limit the rule with resourceNames to the users it must act as.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation",
};
