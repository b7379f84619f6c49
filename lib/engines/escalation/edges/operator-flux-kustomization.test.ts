import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorFluxKustomization } from "./operator-flux-kustomization.ts";

const kustomize = {
  group: "kustomize.toolkit.fluxcd.io",
  resource: "kustomizations",
  image: "ghcr.io/fluxcd/kustomize-controller:v1.6.0",
};
const helm = {
  group: "helm.toolkit.fluxcd.io",
  resource: "helmreleases",
  image: "ghcr.io/fluxcd/helm-controller:v1.3.0",
};

describeOperator(operatorFluxKustomization, { ...kustomize, held: "critical cluster" });
describeOperator(operatorFluxKustomization, { ...helm, held: "critical cluster" });

it.each([
  { name: "in any namespace", write: kustomize, runs: kustomize, held: "critical payments" },
  { name: "releases do not move the other controller", write: helm, runs: kustomize, held: "low payments" },
])("$name", ({ write, runs, held }) => {
  const rules = [{ verbs: ["patch"], apiGroups: [write.group], resources: [write.resource] }];
  const parts = withController(aGrantedCluster({ rules, in: "payments" }), { ...runs, resources: [runs.resource] });
  expect(heldBy(parts).OPERATOR_FLUX_KUSTOMIZATION).toBe(held);
});
