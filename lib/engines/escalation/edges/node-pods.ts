import { fromMinor, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** First minor version that asks for these subresources by default; before, the kubelet asks for nodes/proxy and they give nothing. */
const FIRST_MINOR = 33;

/** What the kubelet tells of its pods and its own configuration. */
export const nodePods: EscalationEdge = {
  id: "NODE_PODS",
  primitive: "R51",
  name: "read node pods",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: () => [rights(["get"], "", ["nodes/pods", "nodes/configz"])],
  gain: () => ({ type: "none" }),
  state: (_, facts) => fromMinor(facts, FIRST_MINOR, "fine-grained authorization of the kubelet"),
  severity: () => "low",
  sentence: () => "may read the specification of every pod of a node, or the kubelet's configuration, from the kubelet",
  target: () => ({ label: "Reads", title: "pods of the nodes", detail: "specifications and environment" }),
  gives: "Specifications of all pods of the node, with literal environment variables, and the settings of the kubelet.",
  precondition: "a way to port 10250 of the nodes",
  fix: "Grant nodes/metrics or nodes/stats where only measurements are read.",
  technique: "T1613",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",
};
