import { describe, expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { anAccount } from "#lib/testing/build-rbac.ts";

const remove = { verbs: ["delete"], apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"] };

describe("NETWORK_POLICY_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "deleting", grants: [{ rules: [remove], in: "payments" }], held: "medium payments" },
    {
      name: "creating one more",
      grants: [{ rules: [{ ...remove, verbs: ["create"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "one by name",
      grants: [{ rules: [{ ...remove, resourceNames: ["deny"] }], in: "payments" }],
      held: "low payments",
    },
    { name: "everywhere", grants: [{ rules: [remove] }], held: "medium cluster" },
    {
      name: "12: deletecollection limited by name is inert",
      grants: [{ rules: [{ ...remove, verbs: ["deletecollection"], resourceNames: ["deny"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "reading is not",
      grants: [{ rules: [{ ...remove, verbs: ["get", "list", "watch"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "the old group serves none",
      grants: [{ rules: [{ ...remove, apiGroups: ["extensions"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "kinds that the API does not serve",
      grants: [
        { rules: [{ ...remove, apiGroups: ["cilium.io"], resources: ["ciliumnetworkpolicies"] }], in: "payments" },
      ],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [remove], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NETWORK_POLICY_WRITE).toBe(held);
  });

  it("counts the kinds of a network plugin where they may be served", () => {
    const rules = [{ ...remove, apiGroups: ["cilium.io"], resources: ["ciliumnetworkpolicies"] }];
    expect(heldBy({ ...aGrantedCluster({ rules, in: "payments" }), apiResources: [] }).NETWORK_POLICY_WRITE).toBe(
      "medium payments",
    );
  });

  it("does not count for the network plugin itself", () => {
    const to = anAccount("controllers", "robot");
    const plugin = { group: "cilium.io", resources: [], image: "quay.io/cilium/cilium:v1.18.0" };
    const held = (parts: Parameters<typeof heldBy>[0]) =>
      heldBy(parts, "ServiceAccount:controllers/robot").NETWORK_POLICY_WRITE;
    expect(held(aGrantedCluster({ rules: [remove], to }))).toBeDefined();
    const parts = withController(aGrantedCluster({ rules: [remove], to }), plugin);
    const bindings = (parts.clusterRoleBindings ?? []).filter(({ metadata }) => metadata.name !== "controller-robot");
    expect(held({ ...parts, clusterRoleBindings: bindings })).toBeUndefined();
  });
});
