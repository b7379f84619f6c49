import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const namespaces = { verbs: ["create"], resources: ["namespaces"] };
const pods = { verbs: ["create"], resources: ["pods"] };

describe("NAMESPACE_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "with pods everywhere", grants: [{ rules: [namespaces, pods] }], held: "critical cluster" },
    { name: "halves of two bindings", grants: [{ rules: [namespaces] }, { rules: [pods] }], held: "critical cluster" },
    {
      name: "with a controller of pods",
      grants: [{ rules: [namespaces, { verbs: ["create"], apiGroups: ["batch"], resources: ["jobs"] }] }],
      held: "critical cluster",
    },
    {
      name: "with pods in one namespace is not",
      grants: [{ rules: [namespaces] }, { rules: [pods], in: "payments" }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [namespaces, pods], in: "payments" }],
      held: undefined,
    },
    {
      name: "10: limited by name it is inert",
      grants: [{ rules: [{ ...namespaces, resourceNames: ["x"] }, pods] }],
      held: undefined,
    },
    { name: "alone is not", grants: [{ rules: [namespaces] }], held: undefined },
    {
      name: "changing controllers puts none there",
      grants: [{ rules: [namespaces, { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] }] }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...namespaces, apiGroups: ["apps"] }, pods] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [namespaces, pods], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NAMESPACE_CREATE).toBe(held);
  });

  it("is high where the nodes lead no further", () => {
    const parts = aGrantedCluster({ rules: [namespaces, pods] });
    const bindings = (parts.clusterRoleBindings ?? []).filter(({ metadata }) => metadata.name !== "root");
    expect(heldBy({ ...parts, pods: [], clusterRoleBindings: bindings }).NAMESPACE_CREATE).toBe("high cluster");
  });

  it("is nothing more for who may lift the level of any namespace", () => {
    const rules = [{ verbs: ["create", "patch"], resources: ["namespaces"] }, pods];
    expect(heldBy(aGrantedCluster({ rules })).NAMESPACE_CREATE).toBeUndefined();
  });
});
