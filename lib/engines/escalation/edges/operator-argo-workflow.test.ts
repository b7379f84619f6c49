import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorArgoWorkflow } from "./operator-argo-workflow.ts";

const image = "quay.io/argoproj/workflow-controller:v3.7.0";
describeOperator(operatorArgoWorkflow, {
  group: "argoproj.io",
  resource: "workflows",
  image,
  held: "critical cluster",
});

it.each([
  { name: "in a plain namespace", in: "payments", held: "medium payments" },
  { name: "beside an account that takes over the cluster", in: "ops", held: "critical ops" },
])("$name", ({ held, ...grant }) => {
  const rules = [{ verbs: ["create"], apiGroups: ["argoproj.io"], resources: ["cronworkflows"] }];
  const parts = withController(aGrantedCluster({ rules, ...grant }), {
    group: "argoproj.io",
    resources: ["workflows"],
    image,
  });
  expect(heldBy(parts).OPERATOR_ARGO_WORKFLOW).toBe(held);
});
