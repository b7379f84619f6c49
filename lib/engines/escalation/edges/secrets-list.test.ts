import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const list = { verbs: ["list"], resources: ["secrets"] };

describe("SECRETS_LIST", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "in a plain namespace it is medium", grants: [{ rules: [list], in: "payments" }], held: "medium payments" },
    { name: "in kube-system it is high", grants: [{ rules: [list], in: "kube-system" }], held: "high kube-system" },
    { name: "in every namespace it is high", grants: [{ rules: [list] }], held: "high cluster" },
    {
      name: "an account that takes over the cluster is no secret",
      grants: [{ rules: [list], in: "ops" }],
      held: "medium ops",
    },
    { name: "get does not list", grants: [{ rules: [{ ...list, verbs: ["get"] }], in: "payments" }], held: undefined },
    {
      name: "limited to names it lists nothing else",
      grants: [{ rules: [{ ...list, resourceNames: ["x"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "secrets of another group are not these",
      grants: [{ rules: [{ ...list, apiGroups: ["example.com"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "resource * in the core group includes them",
      grants: [{ rules: [{ ...list, resources: ["*"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [list], byDefault: true }],
      held: "high cluster expected",
    },
    {
      name: "a default in one namespace does not excuse another",
      grants: [
        { rules: [list], in: "payments", byDefault: true },
        { rules: [list], in: "shop" },
      ],
      held: "medium payments shop",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).SECRETS_LIST).toBe(held);
  });
});
