import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aUser, toRole } from "#lib/testing/build-rbac.ts";

const ID = "ESCALATE_NEW_ROLE";
const RBAC = "rbac.authorization.k8s.io";
const escalate = { verbs: ["escalate"], apiGroups: [RBAC], resources: ["roles"] };
const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["roles"] };

describe("ESCALATE_NEW_ROLE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "alone it gains nothing", grants: [{ rules: [escalate, create], in: "shop" }], held: "low shop" },
    {
      name: "escalate everywhere and create in one namespace hold there",
      grants: [{ rules: [escalate] }, { rules: [create], in: "shop" }],
      held: "low shop",
    },
    {
      name: "37: halves in different namespaces are nothing",
      grants: [
        { rules: [escalate], in: "payments" },
        { rules: [create], in: "shop" },
      ],
      held: undefined,
    },
    {
      name: "40: escalate limited by name does not help, the request has none",
      grants: [{ rules: [{ ...escalate, resourceNames: ["x"] }, create], in: "shop" }],
      held: undefined,
    },
    {
      name: "14: limited to one name they do with patch, by apply",
      grants: [{ rules: [{ ...create, verbs: ["escalate", "create", "patch"], resourceNames: ["x"] }], in: "shop" }],
      held: "low shop",
    },
    { name: "create alone is not", grants: [{ rules: [create], in: "shop" }], held: undefined },
    {
      name: "escalate on cluster roles is for those",
      grants: [{ rules: [{ ...escalate, resources: ["clusterroles"] }, create], in: "shop" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [escalate, { ...create, apiGroups: [""] }], in: "shop" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  const dangling = aBinding({ name: "d", namespace: "shop", role: toRole("gone"), subjects: [aUser("alice")] });
  const waiting = (grant: GivenGrant) => {
    const parts = aGrantedCluster(grant);
    return { ...parts, roleBindings: [...(parts.roleBindings ?? []), dangling] };
  };

  it("fills a binding whose role is gone, in its namespace", () => {
    expect(reachedBy(waiting({ rules: [escalate, create], in: "shop" }), ID)).toEqual(["namespace-admin shop"]);
    expect(heldBy(waiting({ rules: [escalate, create] }))[ID]).toBe("high cluster");
    expect(reachedBy(waiting({ rules: [escalate, create] }), ID)).toEqual(["namespace-admin shop"]);
  });

  it("does not reach a binding of another namespace", () => {
    const parts = waiting({ rules: [escalate, create], in: "payments" });
    expect(reachedBy(parts, ID)).toEqual([]);
    expect(stateOf(parts, ID)).toBe("latent: no binding of it refers to a role that it could create");
  });
});
