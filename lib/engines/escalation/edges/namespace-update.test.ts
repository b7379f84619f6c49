import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { namespaceUpdate } from "./namespace-update.ts";

const patch = { verbs: ["patch"], resources: ["namespaces"] };

describe("NAMESPACE_UPDATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "17: through a role binding of the namespace",
      grants: [{ rules: [patch], in: "payments" }],
      held: "low payments",
    },
    { name: "everywhere", grants: [{ rules: [{ ...patch, verbs: ["update"] }] }], held: "low cluster" },
    { name: "a named namespace", grants: [{ rules: [{ ...patch, resourceNames: ["shop"] }] }], held: "low cluster" },
    {
      name: "create and delete are others",
      grants: [{ rules: [{ ...patch, verbs: ["create", "delete"] }] }],
      held: undefined,
    },
    { name: "another group is not", grants: [{ rules: [{ ...patch, apiGroups: ["apps"] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [patch], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NAMESPACE_UPDATE).toBe(held);
  });

  it("alone is latent and says what is missing", () => {
    expect(holdAlone(aGrantedCluster({ rules: [patch], in: "payments" }), namespaceUpdate)).toMatchObject([
      { gains: [{ type: "none" }], state: "latent", reason: "a right to start pods there is missing" },
    ]);
  });
});
