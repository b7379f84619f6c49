import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const remove = { verbs: ["delete"], resources: ["events"] };

describe("EVENT_DELETE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "of the core group", grants: [{ rules: [remove], in: "payments" }], held: "low payments" },
    {
      name: "of events.k8s.io",
      grants: [{ rules: [{ ...remove, verbs: ["deletecollection"], apiGroups: ["events.k8s.io"] }], in: "payments" }],
      held: "low payments",
    },
    { name: "everywhere", grants: [{ rules: [remove] }], held: "low cluster" },
    {
      name: "one by name",
      grants: [{ rules: [{ ...remove, resourceNames: ["web.1"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "writing events hides none",
      grants: [{ rules: [{ ...remove, verbs: ["create", "patch"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...remove, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [remove], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).EVENT_DELETE).toBe(held);
  });
});
