import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "CONSTRAINED_IMPERSONATE_ACCOUNT";
const identity = {
  verbs: ["impersonate:serviceaccount"],
  apiGroups: ["authentication.k8s.io"],
  resources: ["serviceaccounts"],
};
const pods = { verbs: ["impersonate-on:serviceaccount:create"], resources: ["pods"] };
const bindings = {
  verbs: ["impersonate-on:serviceaccount:create"],
  apiGroups: ["rbac.authorization.k8s.io"],
  resources: ["clusterrolebindings"],
};

describe("CONSTRAINED_IMPERSONATE_ACCOUNT", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "both halves", grants: [{ rules: [identity, pods] }], held: "medium cluster" },
    { name: "44: both through role bindings", grants: [{ rules: [identity, pods], in: "ops" }], held: "medium ops" },
    {
      name: "an account that takes over the cluster, and bindings",
      grants: [{ rules: [identity], in: "ops" }, { rules: [bindings] }],
      held: "critical ops",
    },
    {
      name: "another account of that namespace",
      grants: [{ rules: [{ ...identity, resourceNames: ["web"] }], in: "ops" }, { rules: [bindings] }],
      held: "medium ops",
    },
    { name: "46: impersonate-on without the identity is nothing", grants: [{ rules: [pods] }], held: undefined },
    {
      name: "46: the identity of another mode is not this one",
      grants: [{ rules: [{ ...identity, verbs: ["impersonate:user-info"] }, pods] }],
      held: undefined,
    },
    {
      name: "the identity in the core group means nothing",
      grants: [{ rules: [{ ...identity, apiGroups: [""] }, pods] }],
      held: undefined,
    },
    {
      name: "creating one named pod is inert",
      grants: [{ rules: [identity, { ...pods, resourceNames: ["x"] }] }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("came with 1.36", () => {
    const parts = aGrantedCluster({ rules: [identity, pods] });
    expect(stateOf({ ...parts, minor: "35" }, ID)).toBe("blocked: constrained impersonation came with Kubernetes 1.36");
    expect(stateOf({ ...parts, minor: "36" }, ID)).toBe("active");
  });

  it("leads on only where bindings may be created", () => {
    expect(reachedBy(aGrantedCluster({ rules: [identity, pods], in: "ops" }), ID)).toEqual([]);
    expect(reachedBy(aGrantedCluster({ rules: [identity], in: "ops" }, { rules: [bindings] }), ID)).toEqual([
      "identities ops root",
    ]);
  });
});
