import { accountSeverity, accountTarget, inPlace, type EscalationEdge } from "../edge.ts";

/** Impersonating an account is authorised in the account's namespace. */
export const impersonateServiceAccount: EscalationEdge = {
  id: "IMPERSONATE_SERVICE_ACCOUNT",
  primitive: "R18",
  name: "impersonate accounts",
  scope: "namespace",
  implies: [],
  needs: () => [[{ verb: "impersonate", apiGroup: "", resource: "serviceaccounts" }]],
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place) => `may act as any service account${inPlace(place)}`,
  target: accountTarget,
  gives: "The rights of every service account of the namespace.",
  fix: "Limit the rule with resourceNames to the accounts it must act as.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation",
};
