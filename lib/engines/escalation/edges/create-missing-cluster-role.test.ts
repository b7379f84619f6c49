import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aUser, toRole } from "#lib/testing/build-rbac.ts";

const ID = "CREATE_MISSING_CLUSTER_ROLE";
const RBAC = "rbac.authorization.k8s.io";
const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterroles"] };
const subjects = [aUser("bob")];
const inCluster = aBinding({ name: "d", role: "gone", subjects });
const inShop = aBinding({ name: "d", namespace: "shop", role: "gone", subjects });
const ofRole = aBinding({ name: "d", namespace: "shop", role: toRole("gone"), subjects });

describe("CREATE_MISSING_CLUSTER_ROLE", () => {
  it.each<{ name: string; binding: typeof inCluster; grant: GivenGrant; held: string | undefined }>([
    { name: "a cluster-wide binding waits", binding: inCluster, grant: { rules: [create] }, held: "low cluster" },
    { name: "a role binding waits", binding: inShop, grant: { rules: [create] }, held: "low cluster" },
    { name: "19: a Role is not a ClusterRole", binding: ofRole, grant: { rules: [create] }, held: undefined },
    {
      name: "10: create limited by name is inert",
      binding: inCluster,
      grant: { rules: [{ ...create, resourceNames: ["gone"] }] },
      held: undefined,
    },
    {
      name: "through a role binding it is inert",
      binding: inShop,
      grant: { rules: [create], in: "shop" },
      held: undefined,
    },
    {
      name: "another API group means nothing",
      binding: inCluster,
      grant: { rules: [{ ...create, apiGroups: [""] }] },
      held: undefined,
    },
    {
      name: "with escalate it is more",
      binding: aBinding({ name: "d", role: "gone", subjects: [aUser("alice")] }),
      grant: { rules: [{ ...create, verbs: ["create", "escalate"] }] },
      held: undefined,
    },
  ])("$name", ({ binding, grant, held }) => {
    const parts = aGrantedCluster(grant);
    const list = binding.metadata.namespace === undefined ? "clusterRoleBindings" : "roleBindings";
    expect(heldBy({ ...parts, [list]: [...(parts[list] ?? []), binding] })[ID]).toBe(held);
  });

  it("is nothing where every binding has its role", () => {
    expect(heldBy(aGrantedCluster({ rules: [create] }))[ID]).toBeUndefined();
  });

  it("says why it gives nothing new", () => {
    const parts = { ...aGrantedCluster({ rules: [create] }), roleBindings: [inShop] };
    expect(stateOf(parts, ID)).toBe("latent: it may write only rights into the role that it holds itself");
  });
});
