import { bindersToActAs, constrainedState, powerfulActs, takeIdentity } from "../constrained-impersonation.ts";
import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";

const USERS = takeIdentity("user-info", "users");

/** The identity is cluster-scoped; what may be done with it can be limited to a namespace. */
export const constrainedImpersonateUser: EscalationEdge = {
  id: "CONSTRAINED_IMPERSONATE_USER",
  primitive: "R20",
  name: "impersonate users, bounded",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [[USERS], powerfulActs("user-info")],
  applies: (_place, _facts, holder) => holder.holds(USERS, null),
  gain: (place, facts, holder) => {
    const users = bindersToActAs("user-info", place, facts, holder);
    return users.length > 0 ? { type: "users", names: users.map(({ name }) => name) } : { type: "none" };
  },
  state: (_place, facts) => constrainedState(facts),
  severity: () => "medium",
  sentence: (place) =>
    `may make some powerful requests${inPlace(place)} in the name of ${namedOr("any user", place, "the user")}`,
  target: (place) => ({
    label: "Acts as",
    title: namedOr("any user", place, "user"),
    detail: "for the requests that it was granted",
  }),
  gives: "The rights of users, for the requests that the other half of the grant allows.",
  fix: "Limit the users with resourceNames, and the requests to those that only read what may be seen.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation",
};
