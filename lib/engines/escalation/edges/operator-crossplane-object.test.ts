import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorCrossplaneObject } from "./operator-crossplane-object.ts";

const objects = {
  group: "kubernetes.crossplane.io",
  resource: "objects",
  image: "xpkg.crossplane.io/crossplane-contrib/provider-kubernetes:v1.0.0",
};
const releases = {
  group: "helm.crossplane.io",
  resource: "releases",
  image: "xpkg.upbound.io/crossplane-contrib/provider-helm:v1.0.0",
};
const packages = {
  group: "pkg.crossplane.io",
  resource: "providers",
  image: "xpkg.crossplane.io/crossplane/crossplane:v2.0.0",
};
for (const one of [objects, releases, packages])
  describeOperator(operatorCrossplaneObject, { ...one, held: "critical cluster" });

const rulesFor = ({ group, resource }: typeof objects) => [
  { verbs: ["create"], apiGroups: [group], resources: [resource] },
];

it.each([
  {
    name: "objects act as their provider",
    one: objects,
    gains: [{ type: "identities", namespace: "controllers", names: ["robot"] }],
  },
  { name: "packages run beside Crossplane", one: packages, gains: [{ type: "new-pods", namespace: "controllers" }] },
])("$name", ({ one, gains }) => {
  const parts = withController(aGrantedCluster({ rules: rulesFor(one) }), { ...one, resources: [one.resource] });
  expect(holdAlone(parts, operatorCrossplaneObject).map((held) => held.gains)).toEqual([gains]);
});

it("16: is inert through a role binding, and objects do not move another provider", () => {
  const bound = withController(aGrantedCluster({ rules: rulesFor(objects), in: "payments" }), {
    ...objects,
    resources: [objects.resource],
  });
  expect(heldBy(bound).OPERATOR_CROSSPLANE_OBJECT).toBeUndefined();
  const other = withController(aGrantedCluster({ rules: rulesFor(objects) }), {
    ...releases,
    resources: [releases.resource],
  });
  expect(heldBy(other).OPERATOR_CROSSPLANE_OBJECT).toBe("low cluster");
});
