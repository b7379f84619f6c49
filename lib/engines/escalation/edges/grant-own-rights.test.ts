import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "GRANT_OWN_RIGHTS";
const RBAC = "rbac.authorization.k8s.io";
const write = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterrolebindings"] };

describe("GRANT_OWN_RIGHTS", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "42: create without bind is low", grants: [{ rules: [write] }], held: "low cluster" },
    { name: "so is update", grants: [{ rules: [{ ...write, verbs: ["update"] }] }], held: "low cluster" },
    {
      name: "of a named binding too",
      grants: [{ rules: [{ ...write, verbs: ["patch"], resourceNames: ["x"] }] }],
      held: "low cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...write, resourceNames: ["x"] }] }],
      held: undefined,
    },
    { name: "delete passes on nothing", grants: [{ rules: [{ ...write, verbs: ["delete"] }] }], held: undefined },
    { name: "through a role binding it is inert", grants: [{ rules: [write], in: "shop" }], held: undefined },
    { name: "another API group means nothing", grants: [{ rules: [{ ...write, apiGroups: [""] }] }], held: undefined },
    {
      name: "with bind it is more",
      grants: [{ rules: [write, { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] }] }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("leads the author nowhere", () => {
    expect(reachedBy(aGrantedCluster({ rules: [write] }), ID)).toEqual([]);
  });
});
