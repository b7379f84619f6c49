import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The request is made below the account, so a rule limited by name counts. The token is an identity, not a foothold in a pod. */
export const accountTokenCreate: EscalationEdge = {
  id: "ACCOUNT_TOKEN_CREATE",
  primitive: "R21",
  name: "create tokens",
  scope: "namespace",
  implies: ["TOKEN_SECRET_CREATE"],
  effort: 1,
  needs: () => [rights(["create"], "", ["serviceaccounts/token"])],
  gain: ({ namespace, names }) => ({ type: "accounts", namespace, names: names ?? null }),
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place) =>
    `may have a token issued for ${namedOr("any service account", place, "the account")}${inPlace(place)}`,
  target: accountTarget,
  gives: "A token of any service account of the namespace, valid wherever it is sent from.",
  fix: "Remove create on serviceaccounts/token, or limit the rule with resourceNames to the accounts it is needed for.",
  technique: "T1528",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request",
};
