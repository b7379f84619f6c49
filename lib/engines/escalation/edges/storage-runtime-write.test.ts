import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const create = { verbs: ["create"], apiGroups: ["storage.k8s.io"], resources: ["storageclasses"] };

describe("STORAGE_RUNTIME_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "storage classes", grants: [{ rules: [create] }], held: "low cluster" },
    {
      name: "attachments",
      grants: [{ rules: [{ ...create, verbs: ["patch"], resources: ["volumeattachments"] }] }],
      held: "low cluster",
    },
    {
      name: "runtime classes",
      grants: [{ rules: [{ ...create, apiGroups: ["node.k8s.io"], resources: ["runtimeclasses"] }] }],
      held: "low cluster",
    },
    {
      name: "one by name",
      grants: [{ rules: [{ ...create, verbs: ["update"], resourceNames: ["fast"] }] }],
      held: "low cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...create, resourceNames: ["fast"] }] }],
      held: undefined,
    },
    {
      name: "the status of attachments is not",
      grants: [{ rules: [{ ...create, verbs: ["patch"], resources: ["volumeattachments/status"] }] }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [create], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "runtime classes of another group are not these",
      grants: [{ rules: [{ ...create, resources: ["runtimeclasses"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [create], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).STORAGE_RUNTIME_WRITE).toBe(held);
  });
});
