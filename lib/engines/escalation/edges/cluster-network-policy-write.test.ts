import { describe, expect, it } from "vitest";
import { defaultApiResources } from "#lib/collector/manifests/defaults-data.ts";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { anAccount } from "#lib/testing/build-rbac.ts";

const remove = { verbs: ["delete"], apiGroups: ["cilium.io"], resources: ["ciliumclusterwidenetworkpolicies"] };
const cilium = {
  group: "cilium.io",
  version: "v2",
  resource: "ciliumclusterwidenetworkpolicies",
  kind: "CiliumClusterwideNetworkPolicy",
  namespaced: false,
  verbs: [],
};
const world = (...grants: readonly GivenGrant[]) => ({
  ...aGrantedCluster(...grants),
  apiResources: [...defaultApiResources().apiResources, cilium],
});

describe("CLUSTER_NETWORK_POLICY_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "deleting", grants: [{ rules: [remove] }], held: "medium cluster" },
    { name: "creating one more", grants: [{ rules: [{ ...remove, verbs: ["create"] }] }], held: "medium cluster" },
    { name: "one by name", grants: [{ rules: [{ ...remove, resourceNames: ["deny"] }] }], held: "low cluster" },
    { name: "16: through a role binding it is inert", grants: [{ rules: [remove], in: "payments" }], held: undefined },
    {
      name: "kinds that the API does not serve",
      grants: [
        { rules: [{ ...remove, apiGroups: ["policy.networking.k8s.io"], resources: ["adminnetworkpolicies"] }] },
      ],
      held: undefined,
    },
    {
      name: "policies of namespaces are another",
      grants: [{ rules: [{ ...remove, resources: ["ciliumnetworkpolicies"] }] }],
      held: undefined,
    },
    { name: "another group is not", grants: [{ rules: [{ ...remove, apiGroups: [""] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [remove], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(world(...grants)).CLUSTER_NETWORK_POLICY_WRITE).toBe(held);
  });

  it.each([
    { name: "is nothing where none is served", apiResources: defaultApiResources().apiResources, held: undefined },
    { name: "may be served where discovery could not be read", apiResources: [], held: "medium cluster" },
  ])("$name", ({ apiResources, held }) => {
    expect(heldBy({ ...aGrantedCluster({ rules: [remove] }), apiResources }).CLUSTER_NETWORK_POLICY_WRITE).toBe(held);
  });

  it("does not count for the network plugin itself", () => {
    const to = anAccount("controllers", "robot");
    const plugin = { group: "cilium.io", resources: [], image: "quay.io/cilium/cilium:v1.18.0" };
    const held = (parts: Parameters<typeof heldBy>[0]) =>
      heldBy(parts, "ServiceAccount:controllers/robot").CLUSTER_NETWORK_POLICY_WRITE;
    expect(held(world({ rules: [remove], to }))).toBeDefined();
    const parts = withController(world({ rules: [remove], to }), plugin);
    const bindings = (parts.clusterRoleBindings ?? []).filter(({ metadata }) => metadata.name !== "controller-robot");
    expect(held({ ...parts, clusterRoleBindings: bindings })).toBeUndefined();
  });
});
