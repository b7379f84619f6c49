import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aGroup } from "#lib/testing/build-rbac.ts";

const exec = { verbs: ["create"], resources: ["pods/exec"] };
const get = { ...exec, verbs: ["get"] };

describe("POD_EXEC", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "in a plain namespace it is medium", grants: [{ rules: [exec], in: "payments" }], held: "medium payments" },
    {
      name: "in kube-system it is critical",
      grants: [{ rules: [exec], in: "kube-system" }],
      held: "critical kube-system",
    },
    {
      name: "in a namespace with an account that takes over the cluster it is critical",
      grants: [{ rules: [exec], in: "ops" }],
      held: "critical ops",
    },
    { name: "in every namespace it is critical", grants: [{ rules: [exec] }], held: "critical cluster" },
    {
      name: "limited to names it opens those pods",
      grants: [{ rules: [{ ...exec, resourceNames: ["web-0"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "2: */exec grants it",
      grants: [{ rules: [{ ...exec, resources: ["*/exec"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "1: pods/* does not",
      grants: [{ rules: [{ ...exec, resources: ["pods/*"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "create of pods does not",
      grants: [{ rules: [{ ...exec, resources: ["pods"] }], in: "shop" }],
      held: undefined,
    },
    {
      name: "another group does not",
      grants: [{ rules: [{ ...exec, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "pods/attach does not",
      grants: [{ rules: [{ ...exec, resources: ["pods/attach"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [exec], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_EXEC).toBe(held);
  });

  it.each([
    { name: "49: get alone opens a shell up to 1.34", minor: "34", held: "medium payments" },
    { name: "49: get alone is refused from 1.35 on", minor: "35", held: undefined },
    {
      name: "get alone is neither counted nor left out where the version is not known",
      minor: null,
      held: "low payments",
    },
  ])("$name", ({ minor, held }) => {
    const parts = aGrantedCluster({ rules: [get], in: "payments" });
    expect(heldBy({ ...parts, minor }).POD_EXEC).toBe(held);
  });

  it("says what is not known, and takes for certain only what create opens", () => {
    const parts = { ...aGrantedCluster({ rules: [get], in: "ops" }), minor: null };
    expect(stateOf(parts, "POD_EXEC")).toBe("latent: the version of the API server is not known");
    const both = aGrantedCluster({ rules: [get, { ...exec, resourceNames: ["root-0", "gone-0"] }], in: "ops" });
    expect(reachedBy({ ...both, minor: null }, "POD_EXEC")).toEqual(["pods ops root-0"]);
    expect(stateOf({ ...both, minor: null }, "POD_EXEC")).toBe("active");
  });

  it("create opens a shell on every version", () => {
    const parts = aGrantedCluster({ rules: [exec], in: "payments" });
    for (const minor of ["30", "34", "35", null]) expect(heldBy({ ...parts, minor }).POD_EXEC).toBe("medium payments");
  });

  it("is inherited by the accounts of a group", () => {
    const parts = aGrantedCluster({ rules: [exec], in: "payments", to: aGroup("system:serviceaccounts:shop") });
    expect(heldBy(parts, "ServiceAccount:shop/web").POD_EXEC).toBe("medium payments inherited");
    expect(heldBy(parts, "Group:system:serviceaccounts:shop").POD_EXEC).toBe("medium payments");
    expect(heldBy(parts, "ServiceAccount:payments/web").POD_EXEC).toBeUndefined();
  });
});
