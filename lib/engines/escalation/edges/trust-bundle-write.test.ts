import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "TRUST_BUNDLE_WRITE";
const write = { verbs: ["create"], apiGroups: ["certificates.k8s.io"], resources: ["clustertrustbundles"] };

describe("TRUST_BUNDLE_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "create", grants: [{ rules: [write] }], held: "medium cluster" },
    {
      name: "patch of a named bundle",
      grants: [{ rules: [{ ...write, verbs: ["patch"], resourceNames: ["roots"] }] }],
      held: "medium cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...write, resourceNames: ["roots"] }] }],
      held: undefined,
    },
    { name: "reading is not", grants: [{ rules: [{ ...write, verbs: ["get", "list"] }] }], held: undefined },
    { name: "another API group means nothing", grants: [{ rules: [{ ...write, apiGroups: [""] }] }], held: undefined },
    { name: "through a role binding it is inert", grants: [{ rules: [write], in: "shop" }], held: undefined },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("is none where the API is not served, and is where that is not known", () => {
    const parts = aGrantedCluster({ rules: [write] });
    const pods = { group: "", version: "v1", resource: "pods", kind: "Pod", namespaced: true, verbs: ["get"] };
    expect(heldBy({ ...parts, apiResources: [pods] })[ID]).toBeUndefined();
    expect(heldBy({ ...parts, apiResources: [] })[ID]).toBe("medium cluster");
  });

  it("is no identity", () => {
    expect(reachedBy(aGrantedCluster({ rules: [write] }), ID)).toEqual([]);
  });
});
