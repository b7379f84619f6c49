import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const write = { verbs: ["delete"], resources: ["resourcequotas"] };

describe("RESOURCE_QUOTA_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "quotas", grants: [{ rules: [write], in: "payments" }], held: "low payments" },
    {
      name: "limits",
      grants: [{ rules: [{ ...write, verbs: ["create"], resources: ["limitranges"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "one by name",
      grants: [{ rules: [{ ...write, verbs: ["patch"], resourceNames: ["team"] }], in: "payments" }],
      held: "low payments",
    },
    { name: "everywhere", grants: [{ rules: [write] }], held: "low cluster" },
    {
      name: "the status is not",
      grants: [{ rules: [{ ...write, verbs: ["update"], resources: ["resourcequotas/status"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "reading is not",
      grants: [{ rules: [{ ...write, verbs: ["get", "list"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...write, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [write], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).RESOURCE_QUOTA_WRITE).toBe(held);
  });
});
