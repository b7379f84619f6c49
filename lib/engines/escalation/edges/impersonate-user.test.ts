import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

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
      name: "limited to names it is left to what those users may do",
      grants: [{ rules: [{ ...impersonate, resourceNames: ["bob"] }] }],
      held: undefined,
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
});
