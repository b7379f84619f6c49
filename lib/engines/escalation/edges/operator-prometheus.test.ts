import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorPrometheus } from "./operator-prometheus.ts";

const group = "monitoring.coreos.com";
const image = "quay.io/prometheus-operator/prometheus-operator:v0.85.0";
describeOperator(operatorPrometheus, { group, resource: "prometheuses", image, held: "critical cluster" });

it.each([
  { name: "in a plain namespace", resources: ["alertmanagers"], in: "payments", held: "medium payments" },
  {
    name: "beside an account that takes over the cluster",
    resources: ["prometheuses"],
    in: "ops",
    held: "critical ops",
  },
  { name: "monitors run no pod", resources: ["servicemonitors", "podmonitors"], in: "ops", held: undefined },
])("$name", ({ resources, held, ...grant }) => {
  const rules = [{ verbs: ["create"], apiGroups: [group], resources }];
  const parts = withController(aGrantedCluster({ rules, ...grant }), { group, resources: ["prometheuses"], image });
  expect(heldBy(parts).OPERATOR_PROMETHEUS).toBe(held);
});
