import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { nodePods } from "./node-pods.ts";

const pods = { verbs: ["get"], resources: ["nodes/pods"] };

describe("NODE_PODS", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "pods of every node", grants: [{ rules: [pods] }], held: "low cluster" },
    { name: "configuration", grants: [{ rules: [{ ...pods, resources: ["nodes/configz"] }] }], held: "low cluster" },
    { name: "of one node", grants: [{ rules: [{ ...pods, resourceNames: ["node-1"] }] }], held: "low cluster" },
    { name: "16: through a role binding it is inert", grants: [{ rules: [pods], in: "kube-system" }], held: undefined },
    {
      name: "51: nodes/metrics, stats, spec and healthz are harmless",
      grants: [{ rules: [{ ...pods, resources: ["nodes/metrics", "nodes/stats", "nodes/spec", "nodes/healthz"] }] }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...pods, apiGroups: ["metrics.k8s.io"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [pods], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NODE_PODS).toBe(held);
  });

  it.each([
    { minor: "32", state: "blocked" },
    { minor: "33", state: "active" },
    { minor: "36", state: "active" },
    { minor: null, state: "latent" },
  ])("is $state on version 1.$minor", ({ minor, state }) => {
    expect(holdAlone({ ...aGrantedCluster({ rules: [pods] }), minor }, nodePods)).toMatchObject([{ state }]);
  });
});
