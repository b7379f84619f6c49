import { describe, expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { anAccount } from "#lib/testing/build-rbac.ts";

const patch = { verbs: ["patch"], resources: ["nodes"] };

describe("NODE_UPDATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "nodes", grants: [{ rules: [patch] }], held: "low cluster" },
    {
      name: "their status",
      grants: [{ rules: [{ verbs: ["update"], resources: ["nodes/status"] }] }],
      held: "low cluster",
    },
    { name: "one node", grants: [{ rules: [{ ...patch, resourceNames: ["node-1"] }] }], held: "low cluster" },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [patch], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "create and delete are others",
      grants: [{ rules: [{ ...patch, verbs: ["create", "delete", "get"] }] }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...patch, apiGroups: ["storage.k8s.io"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [patch], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NODE_UPDATE).toBe(held);
  });

  it("does not count for the network plugin itself", () => {
    const to = anAccount("controllers", "robot");
    const plugin = { group: "cilium.io", resources: [], image: "quay.io/cilium/cilium:v1.18.0" };
    const held = (parts: Parameters<typeof heldBy>[0]) => heldBy(parts, "ServiceAccount:controllers/robot").NODE_UPDATE;
    expect(held(aGrantedCluster({ rules: [patch], to }))).toBeDefined();
    const parts = withController(aGrantedCluster({ rules: [patch], to }), plugin);
    const bindings = (parts.clusterRoleBindings ?? []).filter(({ metadata }) => metadata.name !== "controller-robot");
    expect(held({ ...parts, clusterRoleBindings: bindings })).toBeUndefined();
  });
});
