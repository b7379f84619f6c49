import { namedOr, type EdgeFacts, type EscalationEdge } from "../edge.ts";
import { NETWORK_PLUGINS } from "../network-plugins.ts";
import { isController } from "../operator.ts";
import { rights } from "../rights.ts";

const KINDS = [
  ["policy.networking.k8s.io", "adminnetworkpolicies"],
  ["policy.networking.k8s.io", "baselineadminnetworkpolicies"],
  ["policy.networking.k8s.io", "clusternetworkpolicies"],
  ["cilium.io", "ciliumclusterwidenetworkpolicies"],
  ["crd.projectcalico.org", "globalnetworkpolicies"],
  ["projectcalico.org", "globalnetworkpolicies"],
] as const;

/** Policies of the administrators go before those of the namespaces. */
export const clusterNetworkPolicyWrite: EscalationEdge = {
  id: "CLUSTER_NETWORK_POLICY_WRITE",
  primitive: "R69",
  name: "open every network",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: (facts) => [
    (served(facts).length > 0 ? served(facts) : KINDS).flatMap(([group, resource]) =>
      rights(["create", "update", "patch", "delete", "deletecollection"], group, [resource]),
    ),
  ],
  applies: (_, facts, holder) => served(facts).length > 0 && !isController(facts, NETWORK_PLUGINS, holder),
  gain: () => ({ type: "none" }),
  severity: ({ names }) => (names ? "low" : "medium"),
  sentence: (place) =>
    `may take away the isolation of every pod: it may write or delete ${namedOr("network policies of the cluster", place, "the network policy")}`,
  target: () => ({ label: "Opens", title: "the network of every namespace", detail: "by policies of the cluster" }),
  gives: "Connections between any pods, past the policies of their namespaces where the kind goes before them.",
  fix: "Leave policies of the cluster to its administrators.",
  technique: "T1562.007",
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
};

/** Kinds that the API serves, or may serve where discovery could not be read. */
function served({ cluster }: EdgeFacts): readonly (readonly [string, string])[] {
  return KINDS.filter(([group, resource]) => cluster.serves(group, resource) !== false);
}
