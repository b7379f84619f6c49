import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const create = { verbs: ["create"], apiGroups: ["resource.k8s.io"], resources: ["deviceclasses"] };

describe("DEVICE_CLASS_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "create", grants: [{ rules: [create] }], held: "low cluster" },
    {
      name: "one by name",
      grants: [{ rules: [{ ...create, verbs: ["patch"], resourceNames: ["gpu"] }] }],
      held: "low cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...create, resourceNames: ["gpu"] }] }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [create], in: "kube-system" }],
      held: undefined,
    },
    { name: "reading is not", grants: [{ rules: [{ ...create, verbs: ["get", "list"] }] }], held: undefined },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...create, apiGroups: ["storage.k8s.io"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [create], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).DEVICE_CLASS_WRITE).toBe(held);
  });

  it("is nothing where classes are not served", () => {
    const apiResources = [{ group: "", version: "v1", resource: "pods", kind: "Pod", namespaced: true, verbs: [] }];
    expect(heldBy({ ...aGrantedCluster({ rules: [create] }), apiResources }).DEVICE_CLASS_WRITE).toBeUndefined();
  });
});
