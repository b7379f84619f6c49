import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "SECRETS_PATCH";
const patch = { verbs: ["patch"], resources: ["secrets"] };

describe("SECRETS_PATCH", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "of all names", grants: [{ rules: [patch], in: "payments" }], held: "medium payments" },
    {
      name: "of named secrets",
      grants: [{ rules: [{ ...patch, resourceNames: ["db"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "deletion answers with the object as well",
      grants: [{ rules: [{ ...patch, verbs: ["delete"], resourceNames: ["db"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "update replaces the object and shows nothing of it",
      grants: [{ rules: [{ ...patch, verbs: ["update"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "who may read the same anyway is not told twice",
      grants: [{ rules: [{ ...patch, verbs: ["get", "patch"], resourceNames: ["db"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "reading one secret does not excuse patching another",
      grants: [
        { rules: [{ ...patch, resourceNames: ["db"] }], in: "payments" },
        { rules: [{ ...patch, verbs: ["get"], resourceNames: ["other"] }], in: "payments" },
      ],
      held: "low payments",
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...patch, apiGroups: ["example.com"] }], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("reads what it may patch", () => {
    const parts = aGrantedCluster({ rules: [{ ...patch, resourceNames: ["db"] }], in: "payments" });
    expect(reachedBy(parts, ID)).toEqual(["secrets payments db"]);
  });
});
