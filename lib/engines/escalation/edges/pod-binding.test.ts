import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const bind = { verbs: ["create"], resources: ["pods/binding"] };

describe("POD_BINDING", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "of pods", grants: [{ rules: [bind], in: "payments" }], held: "low payments" },
    {
      name: "bindings of their own",
      grants: [{ rules: [{ ...bind, resources: ["bindings"] }], in: "payments" }],
      held: "low payments",
    },
    { name: "everywhere", grants: [{ rules: [bind] }], held: "low cluster" },
    {
      name: "of a named pod",
      grants: [{ rules: [{ ...bind, resourceNames: ["web-0"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "10: bindings limited by name are inert",
      grants: [{ rules: [{ ...bind, resources: ["bindings"], resourceNames: ["web-0"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "33: bind is another verb",
      grants: [{ rules: [{ ...bind, verbs: ["bind"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "role bindings are others",
      grants: [{ rules: [{ ...bind, resources: ["rolebindings"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...bind, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [bind], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_BINDING).toBe(held);
  });
});
