import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Impersonating an account is authorised in the account's namespace. A rule limited by name gives what those accounts may do. */
export const impersonateServiceAccount: EscalationEdge = {
  id: "IMPERSONATE_SERVICE_ACCOUNT",
  primitive: "R18",
  name: "impersonate accounts",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [rights(["impersonate"], "", ["serviceaccounts"])],
  gain: ({ namespace, names }) => ({ type: "identities", namespace, names: names ?? null }),
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place) => `may act as ${namedOr("any service account", place, "the service account")}${inPlace(place)}`,
  target: accountTarget,
  gives: "The rights of every service account of the namespace.",
  fix: "Limit the rule with resourceNames to the accounts it must act as.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation",
};
