import { constrainedState, takeIdentity, tokenActs } from "../constrained-impersonation.ts";
import { inPlace, namedOr, type EdgeFacts, type EscalationEdge, type Gain, type Place } from "../edge.ts";
import { nodeIdentityGains } from "../node-identity.ts";

const NODES = takeIdentity("arbitrary-node", "nodes");

/** A node may ask for tokens of the accounts that its pods run as; the right to ask in its name may be limited to a namespace. */
export const constrainedImpersonateNode: EscalationEdge = {
  id: "CONSTRAINED_IMPERSONATE_NODE",
  primitive: "R20",
  name: "impersonate nodes, bounded",
  scope: "namespace",
  implies: ["CONSTRAINED_IMPERSONATE_OWN_NODE"],
  effort: 1,
  needs: () => [[NODES], tokenActs("arbitrary-node")],
  applies: (_place, _facts, holder) => holder.holds(NODES, null),
  gain: gainsIn,
  state: (_place, facts) => constrainedState(facts),
  severity: () => "medium",
  sentence: (place) =>
    `may have tokens issued for accounts of pods${inPlace(place)} in the name of ${namedOr("any node", place, "the node")}`,
  target: (place) => ({
    label: "Takes over",
    title: place.namespace === null ? "accounts of pods" : `accounts of pods in ${place.namespace}`,
    detail: namedOr("on any node", place, "on"),
  }),
  gives: "Tokens of the accounts that pods on these nodes run as.",
  fix: "Grant impersonate:associated-node instead, and only requests that read.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation",
};

function gainsIn({ namespace, names }: Place, facts: EdgeFacts): readonly Gain[] {
  return nodeIdentityGains(names ?? null, facts).filter(
    (gain) => namespace === null || ("namespace" in gain && gain.namespace === namespace),
  );
}
