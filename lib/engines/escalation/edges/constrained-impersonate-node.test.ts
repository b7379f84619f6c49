import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aPod } from "#lib/testing/build-pods.ts";

const ID = "CONSTRAINED_IMPERSONATE_NODE";
const identity = { verbs: ["impersonate:arbitrary-node"], apiGroups: ["authentication.k8s.io"], resources: ["nodes"] };
const token = { verbs: ["impersonate-on:arbitrary-node:create"], resources: ["serviceaccounts/token"] };
const on = (namespace: string, nodeName: string) =>
  aPod(namespace, `${nodeName}-pod`, { nodeName, spec: { serviceAccountName: "web" } });
const pods = [on("payments", "node-a"), on("shop", "node-b")];

describe("CONSTRAINED_IMPERSONATE_NODE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined; reached: readonly string[] }>([
    {
      name: "any node",
      grants: [{ rules: [identity, token] }],
      held: "medium cluster",
      reached: ["accounts payments web", "accounts shop web"],
    },
    {
      name: "one node",
      grants: [{ rules: [{ ...identity, resourceNames: ["node-b"] }, token] }],
      held: "medium cluster",
      reached: ["accounts shop web"],
    },
    {
      name: "tokens of one namespace",
      grants: [{ rules: [identity] }, { rules: [token], in: "payments" }],
      held: "medium payments",
      reached: ["accounts payments web"],
    },
    {
      name: "16: nodes through a role binding are inert",
      grants: [{ rules: [identity, token], in: "payments" }],
      held: undefined,
      reached: [],
    },
    { name: "46: impersonate-on alone is nothing", grants: [{ rules: [token] }], held: undefined, reached: [] },
    {
      name: "reading pods as the node is what it is made for",
      grants: [{ rules: [identity, { verbs: ["impersonate-on:arbitrary-node:list"], resources: ["pods"] }] }],
      held: undefined,
      reached: [],
    },
    {
      name: "the identity in the core group means nothing",
      grants: [{ rules: [{ ...identity, apiGroups: [""] }, token] }],
      held: undefined,
      reached: [],
    },
  ])("$name", ({ grants, held, reached }) => {
    const parts = { ...aGrantedCluster(...grants), pods };
    expect(heldBy(parts)[ID]).toBe(held);
    expect(reachedBy(parts, ID)).toEqual(reached);
  });

  it("came with 1.36", () => {
    const parts = { ...aGrantedCluster({ rules: [identity, token] }), pods };
    expect(stateOf({ ...parts, minor: "35" }, ID)).toBe("blocked: constrained impersonation came with Kubernetes 1.36");
    expect(stateOf(parts, ID)).toBe("active");
  });
});
