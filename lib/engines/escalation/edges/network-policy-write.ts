import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { NETWORK_PLUGINS } from "../network-plugins.ts";
import { isController } from "../operator.ts";
import { rights } from "../rights.ts";

const POLICIES = [
  ["networking.k8s.io", "networkpolicies"],
  ["cilium.io", "ciliumnetworkpolicies"],
  ["crd.projectcalico.org", "networkpolicies"],
  ["projectcalico.org", "networkpolicies"],
] as const;

/** Policies add up: one more lets in what others do not, and deleting the last one lets in everything. */
export const networkPolicyWrite: EscalationEdge = {
  id: "NETWORK_POLICY_WRITE",
  primitive: "R69",
  name: "open the network",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: ({ cluster }) => [
    POLICIES.filter(
      ([group, resource]) => group === "networking.k8s.io" || cluster.serves(group, resource) !== false,
    ).flatMap(([group, resource]) =>
      rights(["create", "update", "patch", "delete", "deletecollection"], group, [resource]),
    ),
  ],
  applies: (_, facts, holder) => !isController(facts, NETWORK_PLUGINS, holder),
  gain: () => ({ type: "none" }),
  severity: ({ names }) => (names ? "low" : "medium"),
  sentence: (place) =>
    `may take away the isolation of pods${inPlace(place)}: it may write or delete ${namedOr("network policies", place, "the network policy")}`,
  target: ({ namespace }) => ({
    label: "Opens",
    title: namespace === null ? "the network of every namespace" : `the network of ${namespace}`,
    detail: "by its policies",
  }),
  gives: "Connections to and from the pods of the namespace that its policies forbid.",
  fix: "Let policies be written by who runs the network, not by who runs the pods.",
  technique: "T1562.007",
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
};
