import { describe, expect, it } from "vitest";
import { aGrantedCluster, EVERYTHING, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const listed = { verbs: ["get", "create", "delete"], apiGroups: ["*"], resources: ["*"] };

describe("NAMESPACE_ADMIN", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "everything in a plain namespace is high",
      grants: [{ rules: [EVERYTHING], in: "payments" }],
      held: "high payments",
    },
    {
      name: "in kube-system it is critical",
      grants: [{ rules: [EVERYTHING], in: "kube-system" }],
      held: "critical kube-system",
    },
    {
      name: "in a namespace with an account that takes over the cluster it is critical",
      grants: [{ rules: [EVERYTHING], in: "ops" }],
      held: "critical ops",
    },
    {
      name: "several namespaces are one occurrence, as bad as the worst",
      grants: [
        { rules: [EVERYTHING], in: "payments" },
        { rules: [EVERYTHING], in: "ops" },
      ],
      held: "critical ops payments",
    },
    { name: "cluster-wide it is another edge", grants: [{ rules: [EVERYTHING] }], held: undefined },
    { name: "every verb by name is not", grants: [{ rules: [listed], in: "payments" }], held: undefined },
    {
      name: "all of the core group is not",
      grants: [{ rules: [{ verbs: ["*"], resources: ["*"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "limited to a name it is not",
      grants: [{ rules: [{ ...EVERYTHING, resourceNames: ["x"] }], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NAMESPACE_ADMIN).toBe(held);
  });

  it("leaves out what it implies in its namespaces, and grades the rest by where it remains", () => {
    const pods = [{ verbs: ["create"], resources: ["pods"] }];
    const parts = aGrantedCluster(
      { rules: [EVERYTHING], in: "ops" },
      { rules: pods, in: "ops" },
      { rules: pods, in: "payments" },
    );
    expect(heldBy(parts)).toEqual({ NAMESPACE_ADMIN: "critical ops", POD_CREATE: "medium payments" });
  });

  it("keeps what is held in the whole cluster", () => {
    const parts = aGrantedCluster(
      { rules: [EVERYTHING], in: "payments" },
      { rules: [{ verbs: ["create"], resources: ["pods"] }] },
    );
    expect(heldBy(parts)).toEqual({ NAMESPACE_ADMIN: "high payments", POD_CREATE: "critical cluster" });
  });
});
