import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "SECRETS_GET";
const get = { verbs: ["get"], resources: ["secrets"] };

describe("SECRETS_GET", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "of all names in a namespace", grants: [{ rules: [get], in: "payments" }], held: "medium payments" },
    { name: "of all names everywhere", grants: [{ rules: [get] }], held: "medium cluster" },
    {
      name: "of named secrets",
      grants: [{ rules: [{ ...get, resourceNames: ["db"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "11: list limited to a name lists that one",
      grants: [{ rules: [{ ...get, verbs: ["list"], resourceNames: ["db"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "11: and so does watch",
      grants: [{ rules: [{ ...get, verbs: ["watch"], resourceNames: ["db"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "list without limit says more",
      grants: [{ rules: [{ ...get, verbs: ["get", "list"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "update reads nothing",
      grants: [{ rules: [{ ...get, verbs: ["update", "create", "delete"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...get, apiGroups: ["example.com"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "7: Secrets is another resource",
      grants: [{ rules: [{ ...get, resources: ["Secrets"] }] }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("reads the secrets that the rules of the place name", () => {
    const grants = [
      { rules: [{ ...get, resourceNames: ["db"] }], in: "payments" },
      { rules: [{ ...get, resourceNames: ["key"] }], in: "payments" },
      { rules: [{ ...get, resourceNames: ["other"] }], in: "shop" },
    ];
    expect(reachedBy(aGrantedCluster(...grants), ID)).toEqual(["secrets payments db,key", "secrets shop other"]);
  });
});
