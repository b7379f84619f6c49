import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "ACCOUNT_TOKEN_CREATE";
const create = { verbs: ["create"], resources: ["serviceaccounts/token"] };

describe("ACCOUNT_TOKEN_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "in a plain namespace", grants: [{ rules: [create], in: "payments" }], held: "medium payments" },
    { name: "in kube-system", grants: [{ rules: [create], in: "kube-system" }], held: "critical kube-system" },
    { name: "where an account takes over the cluster", grants: [{ rules: [create], in: "ops" }], held: "critical ops" },
    { name: "in every namespace", grants: [{ rules: [create] }], held: "critical cluster" },
    {
      name: "10: limited to names it counts, the account is named in the path",
      grants: [{ rules: [{ ...create, resourceNames: ["web"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "limited to the account that takes over the cluster",
      grants: [{ rules: [{ ...create, resourceNames: ["root"] }], in: "ops" }],
      held: "critical ops",
    },
    {
      name: "limited to another account of that namespace",
      grants: [{ rules: [{ ...create, resourceNames: ["web"] }], in: "ops" }],
      held: "medium ops",
    },
    {
      name: "create on accounts is not create on their tokens",
      grants: [{ rules: [{ ...create, resources: ["serviceaccounts"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "1: serviceaccounts/* is no wildcard",
      grants: [{ rules: [{ ...create, resources: ["serviceaccounts/*"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "3: * includes it",
      grants: [{ rules: [{ ...create, resources: ["*"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "get is not create",
      grants: [{ rules: [{ ...create, verbs: ["get"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...create, apiGroups: ["authentication.k8s.io"] }], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("54: gives tokens of existing accounts, not a foothold in pods", () => {
    expect(reachedBy(aGrantedCluster({ rules: [create], in: "payments" }), ID)).toEqual(["accounts payments *"]);
    const named = aGrantedCluster({ rules: [{ ...create, resourceNames: ["web"] }], in: "payments" });
    expect(reachedBy(named, ID)).toEqual(["accounts payments web"]);
  });
});
