import { namedOr, type EscalationEdge } from "../edge.ts";
import { controllerTarget, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const KARPENTER: Operator = {
  product: "Karpenter",
  group: "karpenter.k8s.aws",
  resource: "ec2nodeclasses",
  images: ["karpenter/controller"],
};

/** A node class holds the script that new nodes run as root at their start. */
export const operatorKarpenterNodeClass: EscalationEdge = {
  id: "OPERATOR_KARPENTER_NODE_CLASS",
  primitive: "R74",
  name: "write node classes",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [rights(["create", "update", "patch"], KARPENTER.group, [KARPENTER.resource])],
  applies: (_, facts, holder) => !isController(facts, KARPENTER, holder),
  gain: () => ({ type: "none" }),
  state: (_, facts) => operatorState(facts, KARPENTER),
  severity: () => "high",
  sentence: (place) =>
    `can run code as root on new nodes: it may write ${namedOr("node classes of Karpenter", place, "the node class")}`,
  target: (_, facts) => ({ ...controllerTarget(facts, KARPENTER), label: "Is root on", title: "new nodes" }),
  gives:
    "Root on nodes that Karpenter adds, with the tokens of pods that are placed there and the nodes' role in the cloud.",
  precondition: "a node pool that uses the class",
  fix: "Leave node classes and node pools to the administrators of the cluster.",
  technique: "T1578",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
