import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorKarpenterNodeClass } from "./operator-karpenter-node-class.ts";

const one = {
  group: "karpenter.k8s.aws",
  resource: "ec2nodeclasses",
  image: "public.ecr.aws/karpenter/controller:1.6.0",
};
describeOperator(operatorKarpenterNodeClass, { ...one, held: "high cluster" });

it("16: is inert through a role binding", () => {
  const rules = [{ verbs: ["create"], apiGroups: [one.group], resources: [one.resource] }];
  const parts = withController(aGrantedCluster({ rules, in: "kube-system" }), { ...one, resources: [one.resource] });
  expect(heldBy(parts).OPERATOR_KARPENTER_NODE_CLASS).toBeUndefined();
});
