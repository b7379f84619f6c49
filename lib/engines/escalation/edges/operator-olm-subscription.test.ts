import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorOlmSubscription } from "./operator-olm-subscription.ts";

const group = "operators.coreos.com";
const image = "quay.io/operator-framework/olm@sha256:00";
describeOperator(operatorOlmSubscription, {
  group,
  resource: "clusterserviceversions",
  image,
  held: "critical cluster",
});

it.each([
  { name: "in any namespace", resources: ["subscriptions"], held: "critical payments" },
  { name: "conditions install nothing", resources: ["operatorconditions", "installplans"], held: undefined },
])("$name", ({ resources, held }) => {
  const rules = [{ verbs: ["create"], apiGroups: [group], resources }];
  const parts = withController(aGrantedCluster({ rules, in: "payments" }), {
    group,
    resources: ["clusterserviceversions"],
    image,
  });
  expect(heldBy(parts).OPERATOR_OLM_SUBSCRIPTION).toBe(held);
});
