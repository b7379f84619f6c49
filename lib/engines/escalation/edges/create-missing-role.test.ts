import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aUser, toRole } from "#lib/testing/build-rbac.ts";

const ID = "CREATE_MISSING_ROLE";
const RBAC = "rbac.authorization.k8s.io";
const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["roles"] };
const waiting = (grant: GivenGrant, role = toRole("gone"), user = "bob") => {
  const parts = aGrantedCluster(grant);
  const dangling = aBinding({ name: "d", namespace: "shop", role, subjects: [aUser(user)] });
  return { ...parts, roleBindings: [...(parts.roleBindings ?? []), dangling] };
};

describe("CREATE_MISSING_ROLE", () => {
  it.each([
    { name: "in the namespace of the binding", parts: waiting({ rules: [create], in: "shop" }), held: "low shop" },
    { name: "everywhere", parts: waiting({ rules: [create] }), held: "low cluster" },
    { name: "20: in another namespace", parts: waiting({ rules: [create], in: "payments" }), held: undefined },
    {
      name: "19: a ClusterRole is not a Role",
      parts: waiting({ rules: [create], in: "shop" }, { ...toRole("gone"), kind: "ClusterRole" }),
      held: undefined,
    },
    {
      name: "10: create limited by name is inert",
      parts: waiting({ rules: [{ ...create, resourceNames: ["gone"] }], in: "shop" }),
      held: undefined,
    },
    {
      name: "another API group means nothing",
      parts: waiting({ rules: [{ ...create, apiGroups: [""] }], in: "shop" }),
      held: undefined,
    },
    {
      name: "with escalate it is more",
      parts: waiting({ rules: [{ ...create, verbs: ["create", "escalate"] }], in: "shop" }, toRole("gone"), "alice"),
      held: undefined,
    },
    { name: "no binding waits", parts: aGrantedCluster({ rules: [create], in: "shop" }), held: undefined },
  ])("$name", ({ parts, held }) => {
    expect(heldBy(parts)[ID]).toBe(held);
  });

  it("says why it gives nothing new", () => {
    expect(stateOf(waiting({ rules: [create], in: "shop" }), ID)).toBe(
      "latent: it may write only rights into the role that it holds itself",
    );
  });
});
