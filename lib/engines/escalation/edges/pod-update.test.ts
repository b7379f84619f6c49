import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const patch = { verbs: ["patch"], resources: ["pods"] };

describe("POD_UPDATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "patch", grants: [{ rules: [patch], in: "payments" }], held: "medium payments" },
    { name: "update", grants: [{ rules: [{ ...patch, verbs: ["update"] }], in: "payments" }], held: "medium payments" },
    {
      name: "a named pod",
      grants: [{ rules: [{ ...patch, resourceNames: ["web-0"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "a pod that runs as an account that takes over",
      grants: [{ rules: [{ ...patch, resourceNames: ["root-0"] }], in: "ops" }],
      held: "critical ops",
    },
    {
      name: "another pod beside it",
      grants: [{ rules: [{ ...patch, resourceNames: ["web-0"] }], in: "ops" }],
      held: "medium ops",
    },
    { name: "everywhere", grants: [{ rules: [patch] }], held: "critical cluster" },
    {
      name: "the status is not the image",
      grants: [{ rules: [{ ...patch, resources: ["pods/status", "pods/resize"] }], in: "payments" }],
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
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_UPDATE).toBe(held);
  });

  it("is nothing more for who may open a shell in them", () => {
    const exec = { verbs: ["create"], resources: ["pods/exec"] };
    expect(heldBy(aGrantedCluster({ rules: [patch, exec], in: "payments" }))).toEqual({ POD_EXEC: "medium payments" });
  });
});
