import { constrainedState, takeIdentity, tokenActs } from "../constrained-impersonation.ts";
import { inPlace, type EdgeFacts, type EscalationEdge, type Gain, type Holder, type Place } from "../edge.ts";
import { nodeIdentityGains } from "../node-identity.ts";

const NODES = takeIdentity("associated-node", "nodes");

/** Works for a service account alone, and for the node that its token is bound to: the one on which its pod runs. */
export const constrainedImpersonateOwnNode: EscalationEdge = {
  id: "CONSTRAINED_IMPERSONATE_OWN_NODE",
  primitive: "R20",
  name: "impersonate own node, bounded",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [[NODES], tokenActs("associated-node")],
  applies: (_place, _facts, holder) => holder.holds(NODES, null),
  gain: gainsIn,
  state: (place, facts, holder) => {
    const version = constrainedState(facts);
    if (version.state !== "active" || gainsIn(place, facts, holder).length > 0) return version;
    return { state: "latent", reason: "no pod of it is known to run on a node" };
  },
  severity: () => "medium",
  sentence: (place) =>
    `may have tokens issued for accounts of pods${inPlace(place)} in the name of the node it runs on`,
  target: ({ namespace }) => ({
    label: "Takes over",
    title: namespace === null ? "accounts of pods" : `accounts of pods in ${namespace}`,
    detail: "on the node it runs on",
  }),
  gives: "Tokens of the accounts that other pods on its node run as.",
  fix: "Grant only requests that read, such as list and watch on pods.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation",
};

function gainsIn({ namespace }: Place, facts: EdgeFacts, { account: self }: Holder): readonly Gain[] {
  if (self === null) return [];
  const nodes = facts.cluster
    .podsIn(self.namespace)
    .flatMap(({ account, node }) => (account === self.name && node !== null ? [node] : []));
  return nodeIdentityGains([...new Set(nodes)], facts).filter(
    (gain) => namespace === null || ("namespace" in gain && gain.namespace === namespace),
  );
}
