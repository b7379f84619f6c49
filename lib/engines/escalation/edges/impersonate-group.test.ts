import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "IMPERSONATE_GROUP";
const groups = { verbs: ["impersonate"], resources: ["groups"] };
const users = { verbs: ["impersonate"], resources: ["users"] };
const accounts = { verbs: ["impersonate"], resources: ["serviceaccounts"] };
const named = (rule: object, ...resourceNames: string[]) => ({ ...rule, resourceNames });

describe("IMPERSONATE_GROUP", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "groups and users are system:masters", grants: [{ rules: [groups, users] }], held: "critical cluster" },
    { name: "from two bindings", grants: [{ rules: [groups] }, { rules: [users] }], held: "critical cluster" },
    {
      name: "one harmless user is enough as the user",
      grants: [{ rules: [groups, named(users, "nobody")] }],
      held: "critical cluster",
    },
    { name: "so is a service account", grants: [{ rules: [groups, accounts] }], held: "critical cluster" },
    {
      name: "and one of a single namespace",
      grants: [{ rules: [groups] }, { rules: [accounts], in: "payments" }],
      held: "critical payments",
    },
    { name: "45: groups without a user are unusable", grants: [{ rules: [groups] }], held: undefined },
    {
      name: "44: groups through a role binding are inert",
      grants: [{ rules: [groups, accounts], in: "payments" }],
      held: undefined,
    },
    {
      name: "44: users through a role binding are no user",
      grants: [{ rules: [groups] }, { rules: [users], in: "payments" }],
      held: undefined,
    },
    {
      name: "limited to system:masters it is all the same",
      grants: [{ rules: [named(groups, "system:masters"), users] }],
      held: "critical cluster",
    },
    {
      name: "limited to another group it gives that group",
      grants: [{ rules: [named(groups, "viewers"), named(users, "nobody")] }],
      held: "medium cluster",
    },
    {
      name: "13: the name * is literal",
      grants: [{ rules: [named(groups, "*"), named(users, "nobody")] }],
      held: "medium cluster",
    },
    {
      name: "46: constrained verbs are others",
      grants: [{ rules: [{ ...groups, verbs: ["impersonate:user-info"] }, users] }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...groups, apiGroups: ["authentication.k8s.io"] }, users] }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("gives the groups that it names", () => {
    const parts = aGrantedCluster({ rules: [named(groups, "b", "a"), named(users, "nobody")] });
    expect(reachedBy(parts, ID)).toEqual(["groups a,b"]);
  });
});
