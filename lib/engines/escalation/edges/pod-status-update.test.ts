import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const patch = { verbs: ["patch"], resources: ["pods/status"] };

describe("POD_STATUS_UPDATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "patch", grants: [{ rules: [patch], in: "payments" }], held: "low payments" },
    {
      name: "update of one by name",
      grants: [{ rules: [{ ...patch, verbs: ["update"], resourceNames: ["web-0"] }], in: "payments" }],
      held: "low payments",
    },
    { name: "everywhere", grants: [{ rules: [patch] }], held: "low cluster" },
    { name: "reading is not", grants: [{ rules: [{ ...patch, verbs: ["get"] }], in: "payments" }], held: undefined },
    {
      name: "1: pods/* is not",
      grants: [{ rules: [{ ...patch, resources: ["pods/*"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "who changes pods gains nothing more",
      grants: [{ rules: [{ ...patch, resources: ["pods", "pods/status"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...patch, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [patch], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_STATUS_UPDATE).toBe(held);
  });
});
