import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorKyvernoPolicy } from "./operator-kyverno-policy.ts";

const group = "kyverno.io";
const image = "reg.kyverno.io/kyverno/kyverno:v1.15.0";
const resources = ["clusterpolicies", "policies"];
describeOperator(operatorKyvernoPolicy, { group, resource: "clusterpolicies", image, held: "critical cluster" });

it.each([
  { name: "policies of a plain namespace", resources: ["policies"], in: "payments", held: "medium payments" },
  {
    name: "policies beside an account that takes over the cluster",
    resources: ["policies"],
    in: "ops",
    held: "critical ops",
  },
  {
    name: "16: cluster policies through a role binding are inert",
    resources: ["clusterpolicies"],
    in: "ops",
    held: undefined,
  },
])("$name", ({ held, ...grant }) => {
  const rules = [{ verbs: ["create"], apiGroups: [group], resources: grant.resources }];
  const parts = withController(aGrantedCluster({ rules, in: grant.in }), { group, resources, image });
  expect(heldBy(parts).OPERATOR_KYVERNO_POLICY).toBe(held);
});

it.each([
  {
    name: "cluster policies also act as the background controller",
    write: "clusterpolicies",
    acts: [{ type: "identities", namespace: "controllers", names: ["background"] }],
  },
  { name: "policies of namespaces do not", write: "policies", acts: [] },
])("$name", ({ write, acts }) => {
  const rules = [{ verbs: ["create"], apiGroups: [group], resources: [write] }];
  const parts = withController(withController(aGrantedCluster({ rules }), { group, resources, image }), {
    group,
    resources: [],
    image: "reg.kyverno.io/kyverno/background-controller:v1.15.0",
    account: "background",
  });
  expect(holdAlone(parts, operatorKyvernoPolicy).map(({ gains }) => gains)).toEqual([
    [{ type: "new-pods", namespace: null }, ...acts],
  ]);
});
