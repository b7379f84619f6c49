import { bindersToActAs, constrainedState, powerfulActs, takeIdentity } from "../constrained-impersonation.ts";
import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { actingAs } from "../operator.ts";

/** The identity is asked in the namespace of the account, the request in the namespace that it is for. */
export const constrainedImpersonateAccount: EscalationEdge = {
  id: "CONSTRAINED_IMPERSONATE_ACCOUNT",
  primitive: "R20",
  name: "impersonate accounts, bounded",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [[takeIdentity("serviceaccount", "serviceaccounts")], powerfulActs("serviceaccount")],
  gain: (place, facts, holder) =>
    actingAs(
      bindersToActAs("serviceaccount", place, facts, holder).map(({ namespace = "", name }) => ({ namespace, name })),
    ),
  state: (_place, facts) => constrainedState(facts),
  severity: () => "medium",
  sentence: (place) =>
    `may make some powerful requests in the name of ${namedOr("any service account", place, "the service account")}${inPlace(place)}`,
  target: (place) => ({
    label: "Acts as",
    title: namedOr("any service account", place, "account"),
    detail: "for the requests that it was granted",
  }),
  gives: "The rights of service accounts, for the requests that the other half of the grant allows.",
  fix: "Limit the accounts with resourceNames, and the requests to those that only read what may be seen.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation",
};
