import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "SECRETS_DELETE_COLLECTION";
const remove = { verbs: ["deletecollection"], resources: ["secrets"] };

describe("SECRETS_DELETE_COLLECTION", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "in a namespace", grants: [{ rules: [remove], in: "payments" }], held: "medium payments" },
    { name: "in kube-system", grants: [{ rules: [remove], in: "kube-system" }], held: "high kube-system" },
    { name: "everywhere", grants: [{ rules: [remove] }], held: "high cluster" },
    {
      name: "12: limited to names it never counts",
      grants: [{ rules: [{ ...remove, resourceNames: ["db"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "delete answers without contents",
      grants: [{ rules: [{ ...remove, verbs: ["delete"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "who may list is not told twice",
      grants: [{ rules: [{ ...remove, verbs: ["deletecollection", "list"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...remove, apiGroups: ["example.com"] }], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("reads all secrets", () => {
    expect(reachedBy(aGrantedCluster({ rules: [remove], in: "shop" }), ID)).toEqual(["secrets shop *"]);
  });
});
