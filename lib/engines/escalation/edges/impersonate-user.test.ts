import { describe, expect, it } from "vitest";
import { aGrantedCluster, EVERYTHING, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aUser } from "#lib/testing/build-rbac.ts";

const impersonate = { verbs: ["impersonate"], resources: ["users"] };

describe("IMPERSONATE_USER", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "impersonating users without limit is the whole cluster",
      grants: [{ rules: [impersonate] }],
      held: "critical cluster",
    },
    {
      name: "47: verb * in core grants it",
      grants: [{ rules: [{ ...impersonate, verbs: ["*"] }] }],
      held: "critical cluster",
    },
    {
      name: "44: through a role binding it is inert",
      grants: [{ rules: [impersonate], in: "payments" }],
      held: undefined,
    },
    {
      name: "45: groups alone are unusable",
      grants: [{ rules: [{ ...impersonate, resources: ["groups"] }] }],
      held: undefined,
    },
    {
      name: "in authentication.k8s.io it is no impersonation of users",
      grants: [{ rules: [{ ...impersonate, apiGroups: ["authentication.k8s.io"] }] }],
      held: undefined,
    },
    {
      name: "limited to names it gives what those users may do",
      grants: [{ rules: [{ ...impersonate, resourceNames: ["bob"] }] }],
      held: "medium cluster",
    },
    {
      name: "a named user who may do everything is the whole cluster",
      grants: [{ rules: [{ ...impersonate, resourceNames: ["admin"] }] }, { rules: [EVERYTHING], to: aUser("admin") }],
      held: "critical cluster",
    },
    {
      name: "13: the name * is literal",
      grants: [{ rules: [{ ...impersonate, resourceNames: ["*"] }] }, { rules: [EVERYTHING], to: aUser("admin") }],
      held: "medium cluster",
    },
    {
      name: "46: a prefixed verb alone is not",
      grants: [{ rules: [{ ...impersonate, verbs: ["impersonate:user-info"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [impersonate], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).IMPERSONATE_USER).toBe(held);
  });

  it("gives the users that it names", () => {
    const parts = aGrantedCluster({ rules: [{ ...impersonate, resourceNames: ["bob", "ann"] }] });
    expect(reachedBy(parts, "IMPERSONATE_USER")).toEqual(["users ann,bob"]);
  });
});
