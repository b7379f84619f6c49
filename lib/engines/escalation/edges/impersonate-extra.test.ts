import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "IMPERSONATE_EXTRA";
const GROUP = "authentication.k8s.io";
const NODE_NAME = "userextras/authentication.kubernetes.io/node-name";
const uids = { verbs: ["impersonate"], apiGroups: [GROUP], resources: ["uids"] };
const users = { verbs: ["impersonate"], resources: ["users"], resourceNames: ["bob"] };

describe("IMPERSONATE_EXTRA", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "a uid", grants: [{ rules: [uids, users] }], held: "low cluster" },
    { name: "from two bindings", grants: [{ rules: [uids] }, { rules: [users] }], held: "low cluster" },
    {
      name: "the node of a token",
      grants: [{ rules: [{ ...uids, resources: [NODE_NAME], resourceNames: ["node-a"] }, users] }],
      held: "low cluster",
    },
    {
      name: "with a service account as the user",
      grants: [{ rules: [uids, { ...users, resources: ["serviceaccounts"] }] }],
      held: "low cluster",
    },
    {
      name: "1: userextras/* is no wildcard",
      grants: [{ rules: [{ ...uids, resources: ["userextras/*"] }, users] }],
      held: undefined,
    },
    {
      name: "userextras without a key is none",
      grants: [{ rules: [{ ...uids, resources: ["userextras"] }, users] }],
      held: undefined,
    },
    { name: "45: without a user it is unusable", grants: [{ rules: [uids] }], held: undefined },
    {
      name: "in the core group it means nothing",
      grants: [{ rules: [{ ...uids, apiGroups: [""] }, users] }],
      held: undefined,
    },
    { name: "44: through a role binding it is inert", grants: [{ rules: [uids, users], in: "shop" }], held: undefined },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("is no identity", () => {
    expect(reachedBy(aGrantedCluster({ rules: [uids, users] }), ID)).toEqual([]);
  });
});
