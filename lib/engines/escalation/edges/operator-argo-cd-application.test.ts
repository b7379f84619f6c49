import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorArgoCdApplication } from "./operator-argo-cd-application.ts";

const argo = { group: "argoproj.io", image: "quay.io/argoproj/argocd:v3.1.0" };
for (const resource of ["applications", "applicationsets"])
  describeOperator(operatorArgoCdApplication, { ...argo, resource, also: ["applications"], held: "critical cluster" });

const write = { verbs: ["patch"], apiGroups: [argo.group], resources: ["applications"] };

it.each([
  { name: "in its own namespace it is as much", in: "controllers", held: "critical controllers" },
  { name: "elsewhere Argo CD may not look", in: "payments", held: "low payments" },
])("$name", ({ held, ...grant }) => {
  const parts = withController(aGrantedCluster({ rules: [write], ...grant }), { ...argo, resources: ["applications"] });
  expect(heldBy(parts).OPERATOR_ARGO_CD_APPLICATION).toBe(held);
});

it("acts as the application controller, not as the other accounts of that image", () => {
  const resources = ["applications"];
  const parts = ["argocd-server", "argocd-application-controller"].reduce(
    (before, account) => withController(before, { ...argo, resources, account }),
    withController(aGrantedCluster({ rules: [write] }), { ...argo, resources }),
  );
  expect(holdAlone(parts, operatorArgoCdApplication)).toMatchObject([
    { gains: [{ type: "identities", namespace: "controllers", names: ["argocd-application-controller"] }] },
  ]);
});

it("is not given by workflows of the same group", () => {
  const parts = withController(aGrantedCluster({ rules: [{ ...write, resources: ["workflows"] }] }), {
    ...argo,
    resources: ["applications"],
  });
  expect(heldBy(parts).OPERATOR_ARGO_CD_APPLICATION).toBeUndefined();
});
