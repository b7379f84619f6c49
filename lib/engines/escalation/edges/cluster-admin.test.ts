import { describe, expect, it } from "vitest";
import { aGrantedCluster, EVERYTHING, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const listed = { verbs: ["get", "list", "create", "update", "patch", "delete"], apiGroups: ["*"], resources: ["*"] };

describe("CLUSTER_ADMIN", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "one rule of * everywhere is the whole cluster",
      grants: [{ rules: [EVERYTHING] }],
      held: "critical cluster",
    },
    {
      name: "the name of the role does not matter, a harmless rule beside it neither",
      grants: [{ rules: [{}, EVERYTHING] }],
      held: "critical cluster",
    },
    { name: "through a role binding it is not", grants: [{ rules: [EVERYTHING], in: "payments" }], held: undefined },
    { name: "every verb by name is not", grants: [{ rules: [listed] }], held: undefined },
    {
      name: "all of the core group is not",
      grants: [{ rules: [{ verbs: ["*"], resources: ["*"] }] }],
      held: undefined,
    },
    {
      name: "every group by name is not",
      grants: [{ rules: [{ verbs: ["*"], apiGroups: ["", "apps"], resources: ["*"] }] }],
      held: undefined,
    },
    {
      name: "every subresource is not",
      grants: [{ rules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*/*"] }] }],
      held: undefined,
    },
    {
      name: "limited to a name it is not",
      grants: [{ rules: [{ ...EVERYTHING, resourceNames: ["x"] }] }],
      held: undefined,
    },
    {
      name: "two rules do not add up",
      grants: [{ rules: [{ verbs: ["*"] }, { apiGroups: ["*"], resources: ["*"] }] }],
      held: undefined,
    },
    { name: "every path is not", grants: [{ rules: [{ verbs: ["*"], nonResourceURLs: ["*"] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [EVERYTHING], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).CLUSTER_ADMIN).toBe(held);
  });

  it("leaves out everything that it implies", () => {
    const rules = [EVERYTHING, { verbs: ["create"], resources: ["pods"] }, { verbs: ["*"], resources: ["users"] }];
    expect(heldBy(aGrantedCluster({ rules }, { rules, in: "payments" }))).toEqual({
      CLUSTER_ADMIN: "critical cluster",
    });
  });

  it("given by default, it makes what a person grants besides superfluous", () => {
    const parts = aGrantedCluster(
      { rules: [EVERYTHING], byDefault: true },
      { rules: [{ verbs: ["create"], resources: ["pods"] }], in: "payments" },
    );
    expect(heldBy(parts)).toEqual({ CLUSTER_ADMIN: "critical cluster expected" });
  });
});
