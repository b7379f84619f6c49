import { compareText } from "../../model/subject-name.ts";
import type { ClusterFacts, PodFacts } from "./cluster-facts.ts";
import type { Gain } from "./edge.ts";

/**
 * What the credential of a node's kubelet gives: tokens of the accounts that the node's pods run as, which it may ask for without a pod's
 * help, so an account counts even where no token is mounted. That is less than root on the node: keys in its file system stay out of reach.
 * @param nodes  Null: whichever node, as one may be chosen.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
export function nodeIdentityGains(nodes: readonly string[] | null, cluster: ClusterFacts): readonly Gain[] {
  return nodes === null ? ofEveryNode(cluster) : accountsOf(nodes.flatMap((node) => cluster.podsOn(node)));
}

const OF_EVERY_NODE = new WeakMap<ClusterFacts, readonly Gain[]>();

function ofEveryNode(cluster: ClusterFacts): readonly Gain[] {
  let gains = OF_EVERY_NODE.get(cluster);
  if (!gains) OF_EVERY_NODE.set(cluster, (gains = accountsOf(cluster.pods)));
  return gains;
}

function accountsOf(pods: readonly PodFacts[]): readonly Gain[] {
  const names = new Map<string, Set<string>>();
  for (const { namespace, account } of pods) {
    let known = names.get(namespace);
    if (!known) names.set(namespace, (known = new Set()));
    known.add(account);
  }
  return [...names].map(([namespace, accounts]) => ({
    type: "accounts",
    namespace,
    names: [...accounts].sort(compareText),
  }));
}
