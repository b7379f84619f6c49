import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf } from "#lib/testing/build-escalations.ts";
import { aPod } from "#lib/testing/build-pods.ts";
import { anAccount } from "#lib/testing/build-rbac.ts";

const ID = "CONSTRAINED_IMPERSONATE_OWN_NODE";
const AGENT = "ServiceAccount:shop/web";
const identity = { verbs: ["impersonate:associated-node"], apiGroups: ["authentication.k8s.io"], resources: ["nodes"] };
const token = { verbs: ["impersonate-on:associated-node:create"], resources: ["serviceaccounts/token"] };
const on = (namespace: string, account: string, nodeName: string) =>
  aPod(namespace, `${account}-${nodeName}`, { nodeName, spec: { serviceAccountName: account } });
const pods = [on("shop", "web", "node-a"), on("payments", "web", "node-a"), on("ops", "root", "node-b")];

const cluster = (...rules: readonly object[]) => ({
  ...aGrantedCluster({ rules, to: anAccount("shop", "web") }),
  pods,
});

describe("CONSTRAINED_IMPERSONATE_OWN_NODE", () => {
  it("reaches the accounts of pods on the node of its own pod", () => {
    expect(heldBy(cluster(identity, token), AGENT)[ID]).toBe("medium cluster");
    expect(reachedBy(cluster(identity, token), ID, AGENT)).toEqual(["accounts payments web", "accounts shop web"]);
  });

  it("is critical where one of them takes over the cluster", () => {
    const together = [...pods, on("ops", "root", "node-a")];
    expect(heldBy({ ...cluster(identity, token), pods: together }, AGENT)[ID]).toBe("critical cluster");
  });

  it.each([
    {
      name: "the name of a node is never asked for",
      rules: [{ ...identity, resourceNames: ["node-a"] }, token],
      held: undefined,
    },
    {
      name: "13: the literal name * is",
      rules: [{ ...identity, resourceNames: ["*"] }, token],
      held: "medium cluster",
    },
    { name: "46: impersonate-on alone is nothing", rules: [token], held: undefined },
    { name: "the identity alone is nothing", rules: [identity], held: undefined },
    {
      name: "the identity in the core group means nothing",
      rules: [{ ...identity, apiGroups: [""] }, token],
      held: undefined,
    },
    {
      name: "reading pods as the node is what it is made for",
      rules: [identity, { verbs: ["impersonate-on:associated-node:list"], resources: ["pods"] }],
      held: undefined,
    },
  ])("$name", ({ rules, held }) => {
    expect(heldBy(cluster(...rules), AGENT)[ID]).toBe(held);
  });

  it("16: through a role binding it is inert", () => {
    const parts = aGrantedCluster({ rules: [identity, token], in: "shop", to: anAccount("shop", "web") });
    expect(heldBy({ ...parts, pods }, AGENT)[ID]).toBeUndefined();
  });

  it("is of no use to a user, or without a pod", () => {
    const reason = "latent: no pod of it is known to run on a node";
    expect(stateOf({ ...cluster(identity, token), pods: [] }, ID, AGENT)).toBe(reason);
    expect(stateOf({ ...aGrantedCluster({ rules: [identity, token] }), pods }, ID)).toBe(reason);
  });

  it("came with 1.36", () => {
    const state = "blocked: constrained impersonation came with Kubernetes 1.36";
    expect(stateOf({ ...cluster(identity, token), minor: "35" }, ID, AGENT)).toBe(state);
  });
});
