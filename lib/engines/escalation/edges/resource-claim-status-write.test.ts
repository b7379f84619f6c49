import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const GROUP = ["resource.k8s.io"];
const status = { verbs: ["update"], apiGroups: GROUP, resources: ["resourceclaims/status"] };
const binding = { ...status, resources: ["resourceclaims/binding"] };
const driver = { ...status, verbs: ["associated-node:update"], resources: ["resourceclaims/driver"] };

describe("RESOURCE_CLAIM_STATUS_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "status and allocation", grants: [{ rules: [status, binding], in: "payments" }], held: "low payments" },
    { name: "everywhere", grants: [{ rules: [status, binding] }], held: "medium cluster" },
    {
      name: "halves of two bindings",
      grants: [{ rules: [status] }, { rules: [binding], in: "payments" }],
      held: "low payments",
    },
    {
      name: "48: devices, by the prefixed verb",
      grants: [{ rules: [status, driver], in: "payments" }],
      held: "low payments",
    },
    {
      name: "48: of one driver by name",
      grants: [
        {
          rules: [status, { ...driver, verbs: ["arbitrary-node:patch"], resourceNames: ["gpu.example.com"] }],
          in: "payments",
        },
      ],
      held: "low payments",
    },
    {
      name: "48: the plain verb on the driver is another",
      grants: [{ rules: [status, { ...driver, verbs: ["update", "patch"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "48: a prefix with a star matches nothing",
      grants: [{ rules: [status, { ...driver, verbs: ["associated-node:*"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "the allocation is asked without a name",
      grants: [{ rules: [status, { ...binding, resourceNames: ["claim"] }], in: "payments" }],
      held: undefined,
    },
    { name: "status alone", grants: [{ rules: [status], in: "payments" }], held: undefined },
    { name: "allocation alone", grants: [{ rules: [binding, driver], in: "payments" }], held: undefined },
    {
      name: "claims are not their status",
      grants: [{ rules: [{ ...status, resources: ["resourceclaims"] }, binding], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...status, apiGroups: [""] }, binding], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [status, binding], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).RESOURCE_CLAIM_STATUS_WRITE).toBe(held);
  });

  it.each([
    { minor: "35", held: "low payments" },
    { minor: "36", held: undefined },
    { minor: null, held: undefined },
  ])("status alone on version 1.$minor", ({ minor, held }) => {
    const parts = aGrantedCluster({ rules: [status], in: "payments" });
    expect(heldBy({ ...parts, minor }).RESOURCE_CLAIM_STATUS_WRITE).toBe(held);
  });

  it("is nothing where claims are not served", () => {
    const apiResources = [{ group: "", version: "v1", resource: "pods", kind: "Pod", namespaced: true, verbs: [] }];
    const parts = aGrantedCluster({ rules: [status, binding], in: "payments" });
    expect(heldBy({ ...parts, apiResources }).RESOURCE_CLAIM_STATUS_WRITE).toBeUndefined();
  });
});
