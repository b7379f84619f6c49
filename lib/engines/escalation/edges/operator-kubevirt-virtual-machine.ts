import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const KUBEVIRT: Operator = {
  product: "KubeVirt",
  group: "kubevirt.io",
  resource: "virtualmachines",
  images: ["kubevirt/virt-controller"],
};

/** A virtual machine may have disks that hold a service account's token or a Secret of its namespace. */
export const operatorKubevirtVirtualMachine: EscalationEdge = {
  id: "OPERATOR_KUBEVIRT_VIRTUAL_MACHINE",
  primitive: "R74",
  name: "run virtual machines",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [
    rights(["create", "update", "patch"], KUBEVIRT.group, [
      "virtualmachineinstancereplicasets",
      "virtualmachineinstances",
      "virtualmachines",
    ]),
  ],
  applies: (_, facts, holder) => !isController(facts, KUBEVIRT, holder),
  gain: ({ namespace }) => [
    { type: "accounts", namespace, names: null },
    { type: "secrets", namespace, names: null },
  ],
  state: (_, facts) => operatorState(facts, KUBEVIRT),
  severity: ({ namespace }, facts) => accountSeverity({ namespace }, facts, "medium"),
  sentence: (place) =>
    `can read tokens and secrets${inPlace(place)} from the disks of a virtual machine: it may write ${namedOr("virtual machines", place, "the virtual machine")}`,
  target: ({ namespace }, facts) => accountTarget({ namespace }, facts),
  gives:
    "The token of any service account and the contents of any Secret of the namespace, as disks of a virtual machine.",
  fix: "Keep powerful accounts and secrets in namespaces where nobody else may run virtual machines.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
