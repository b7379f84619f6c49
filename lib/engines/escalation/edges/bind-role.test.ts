import { describe, expect, it } from "vitest";
import { aGrantedCluster, EVERYTHING, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aRole, aRule } from "#lib/testing/build-rbac.ts";

const ID = "BIND_ROLE";
const RBAC = "rbac.authorization.k8s.io";
const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["roles"] };
const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["rolebindings"] };
const roles = [
  aRole("payments", "owner", [aRule({ verbs: ["list"], resources: ["secrets"] })]),
  aRole("payments", "reader"),
  aRole("shop", "reader"),
];

describe("BIND_ROLE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "both in a namespace", grants: [{ rules: [bind, create], in: "payments" }], held: "medium payments" },
    {
      name: "bind everywhere and create in one namespace",
      grants: [{ rules: [bind] }, { rules: [create], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "34: bind of a role by name",
      grants: [{ rules: [{ ...bind, resourceNames: ["reader"] }, create], in: "payments" }],
      held: "low payments",
    },
    {
      name: "33: bind on bindings means nothing",
      grants: [{ rules: [{ ...bind, resources: ["rolebindings"] }, create], in: "payments" }],
      held: undefined,
    },
    {
      name: "35: halves in different namespaces are nothing",
      grants: [
        { rules: [bind], in: "payments" },
        { rules: [create], in: "shop" },
      ],
      held: undefined,
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [bind, { ...create, resourceNames: ["x"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...bind, apiGroups: [""] }, create], in: "payments" }],
      held: undefined,
    },
    {
      name: "binding cluster roles there says more",
      grants: [{ rules: [{ ...bind, resources: ["roles", "clusterroles"] }, create], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy({ ...aGrantedCluster(...grants), roles })[ID]).toBe(held);
  });

  it("20: gives the roles of its namespace, each there", () => {
    expect(reachedBy({ ...aGrantedCluster({ rules: [bind, create], in: "payments" }), roles }, ID)).toEqual([
      "role owner payments",
      "role reader payments",
    ]);
    expect(reachedBy({ ...aGrantedCluster({ rules: [bind, create] }), roles }, ID)).toEqual([
      "role owner payments",
      "role reader payments",
      "role reader shop",
    ]);
    const named = { ...bind, resourceNames: ["reader"] };
    expect(reachedBy({ ...aGrantedCluster({ rules: [named, create], in: "payments" }), roles }, ID)).toEqual([
      "role reader payments",
    ]);
  });

  it("is critical where a role leads to an account that takes over the cluster", () => {
    const parts = aGrantedCluster({ rules: [bind, create], in: "ops" });
    expect(heldBy({ ...parts, roles: [aRole("ops", "owner", [aRule(EVERYTHING)])] })[ID]).toBe("critical ops");
    expect(heldBy({ ...parts, roles: [aRole("ops", "owner")] })[ID]).toBe("medium ops");
  });
});
