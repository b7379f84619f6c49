import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorKubevirtVirtualMachine } from "./operator-kubevirt-virtual-machine.ts";

const group = "kubevirt.io";
const image = "quay.io/kubevirt/virt-controller:v1.6.0";
describeOperator(operatorKubevirtVirtualMachine, {
  group,
  resource: "virtualmachines",
  image,
  held: "critical cluster",
});

it.each([
  { name: "in a plain namespace", resources: ["virtualmachineinstances"], in: "payments", held: "medium payments" },
  {
    name: "beside an account that takes over the cluster",
    resources: ["virtualmachines"],
    in: "ops",
    held: "critical ops",
  },
  {
    name: "migrations run no machine of one's own",
    resources: ["virtualmachineinstancemigrations"],
    in: "ops",
    held: undefined,
  },
])("$name", ({ resources, held, ...grant }) => {
  const rules = [{ verbs: ["create"], apiGroups: [group], resources }];
  const parts = withController(aGrantedCluster({ rules, ...grant }), { group, resources: ["virtualmachines"], image });
  expect(heldBy(parts).OPERATOR_KUBEVIRT_VIRTUAL_MACHINE).toBe(held);
});
