import { namedOr, type EscalationEdge } from "../edge.ts";
import { NETWORK_PLUGINS } from "../network-plugins.ts";
import { isController } from "../operator.ts";
import { rights } from "../rights.ts";

/** Labels, taints and conditions of nodes decide where pods run. */
export const nodeUpdate: EscalationEdge = {
  id: "NODE_UPDATE",
  primitive: "R52",
  name: "change nodes",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [rights(["update", "patch"], "", ["nodes", "nodes/status"])],
  applies: (_, facts, holder) => !isController(facts, NETWORK_PLUGINS, holder),
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) =>
    `may change labels, taints or status of ${namedOr("any node", place, "node")}, and so steer where pods run`,
  target: () => ({ label: "Steers", title: "where pods run", detail: "by labels, taints and status of nodes" }),
  gives: "Control over which nodes pods are placed on or driven off.",
  fix: "Leave nodes to their kubelets and to the cluster's own controllers; limit the rule with resourceNames.",
  technique: "T1578",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/",
};
