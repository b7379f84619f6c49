import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorExternalSecretStore } from "./operator-external-secret-store.ts";

const group = "external-secrets.io";
const image = "oci.external-secrets.io/external-secrets/external-secrets:v0.20.0";
describeOperator(operatorExternalSecretStore, { group, resource: "secretstores", image, held: "critical cluster" });

it.each([
  { name: "in a plain namespace", resources: ["secretstores"], in: "payments", held: "medium payments" },
  {
    name: "beside an account that takes over the cluster",
    resources: ["secretstores"],
    in: "ops",
    held: "critical ops",
  },
  {
    name: "16: cluster stores through a role binding are inert",
    resources: ["clustersecretstores"],
    in: "ops",
    held: undefined,
  },
  { name: "cluster stores everywhere", resources: ["clustersecretstores"], held: "critical cluster" },
  { name: "external secrets name no server", resources: ["externalsecrets"], in: "ops", held: undefined },
])("$name", ({ resources, held, ...grant }) => {
  const rules = [{ verbs: ["create"], apiGroups: [group], resources }];
  const parts = withController(aGrantedCluster({ rules, ...grant }), { group, resources: ["secretstores"], image });
  expect(heldBy(parts).OPERATOR_EXTERNAL_SECRET_STORE).toBe(held);
});
