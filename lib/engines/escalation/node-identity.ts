import { compareText } from "../../model/subject-name.ts";
import type { ClusterFacts, PodFacts } from "./cluster-facts.ts";
import type { EdgeFacts, Gain } from "./edge.ts";

/**
 * First minor version in which a node gets tokens only for audiences that its pods ask for by default: none for a pod into which no token is
 * mounted.
 */
const FIRST_MINOR_WITH_AUDIENCES = 33;

/**
 * What the credential of a node's kubelet gives: tokens of the accounts that the node's pods run as, which it may ask for without a pod's help. Up
 * to 1.32 an account counts even where no token is mounted; where the version is not known, only what every version gives. That is less than root
 * on the node: keys in its file system stay out of reach.
 * @param nodes  Null: whichever node, as one may be chosen.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
export function nodeIdentityGains(
  nodes: readonly string[] | null,
  { cluster, minor }: Pick<EdgeFacts, "cluster" | "minor">,
): readonly Gain[] {
  const mountedOnly = minor === null || minor >= FIRST_MINOR_WITH_AUDIENCES;
  return nodes === null
    ? ofEveryNode(cluster, mountedOnly)
    : accountsOf(
        nodes.flatMap((node) => cluster.podsOn(node)),
        mountedOnly,
      );
}

/** By cluster, for every pod and for those with a token. */
const OF_EVERY_NODE = [
  new WeakMap<ClusterFacts, readonly Gain[]>(),
  new WeakMap<ClusterFacts, readonly Gain[]>(),
] as const;

function ofEveryNode(cluster: ClusterFacts, mountedOnly: boolean): readonly Gain[] {
  const known = OF_EVERY_NODE[mountedOnly ? 1 : 0];
  let gains = known.get(cluster);
  if (!gains) known.set(cluster, (gains = accountsOf(cluster.pods, mountedOnly)));
  return gains;
}

function accountsOf(pods: readonly PodFacts[], mountedOnly: boolean): readonly Gain[] {
  const names = new Map<string, Set<string>>();
  for (const { namespace, account, tokenMounted } of pods) {
    if (mountedOnly && !tokenMounted) continue;
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
