import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { nodePodPull } from "./node-pod-pull.ts";

const steer = { verbs: ["patch"], resources: ["nodes"] };
const evict = { verbs: ["create"], resources: ["pods/eviction"] };
const remove = { verbs: ["delete"], resources: ["pods"] };

describe("NODE_POD_PULL", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "nodes and pods everywhere", grants: [{ rules: [steer, remove] }], held: "low cluster" },
    {
      name: "status of nodes and eviction",
      grants: [{ rules: [{ ...steer, resources: ["nodes/status"] }] }, { rules: [evict] }],
      held: "low cluster",
    },
    {
      name: "deleting nodes instead of pods",
      grants: [{ rules: [steer, { ...remove, resources: ["nodes"] }] }],
      held: "low cluster",
    },
    {
      name: "nodes everywhere and pods of one namespace",
      grants: [{ rules: [steer] }, { rules: [evict], in: "payments" }],
      held: "low payments",
    },
    {
      name: "16: nodes through a role binding are inert",
      grants: [{ rules: [steer, remove], in: "payments" }],
      held: undefined,
    },
    {
      name: "16: so is deleting them",
      grants: [{ rules: [steer] }, { rules: [{ ...remove, resources: ["nodes"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "nodes in one binding of a namespace and pods everywhere",
      grants: [{ rules: [steer], in: "payments" }, { rules: [remove] }],
      held: undefined,
    },
    { name: "nodes alone are not", grants: [{ rules: [steer] }], held: undefined },
    { name: "pods alone are not", grants: [{ rules: [remove, evict] }], held: undefined },
    {
      name: "pods of another group are not these",
      grants: [{ rules: [steer, { ...remove, apiGroups: ["metrics.k8s.io"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [steer, remove], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NODE_POD_PULL).toBe(held);
  });

  it("waits for a node", () => {
    expect(holdAlone(aGrantedCluster({ rules: [steer, remove] }), nodePodPull)).toMatchObject([
      {
        gains: [{ type: "pods", namespace: null, names: null }],
        state: "latent",
        reason: expect.stringContaining("node"),
      },
    ]);
  });
});
