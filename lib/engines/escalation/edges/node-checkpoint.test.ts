import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { nodeCheckpoint } from "./node-checkpoint.ts";

const dump = { verbs: ["create"], resources: ["nodes/checkpoint"] };

describe("NODE_CHECKPOINT", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "on every node", grants: [{ rules: [dump] }], held: "low cluster" },
    { name: "on one node", grants: [{ rules: [{ ...dump, resourceNames: ["node-1"] }] }], held: "low cluster" },
    { name: "get makes none", grants: [{ rules: [{ ...dump, verbs: ["get"] }] }], held: undefined },
    { name: "16: through a role binding it is inert", grants: [{ rules: [dump], in: "kube-system" }], held: undefined },
    {
      name: "51: nodes/metrics is harmless",
      grants: [{ rules: [{ ...dump, resources: ["nodes/metrics"] }] }],
      held: undefined,
    },
    { name: "another group is not", grants: [{ rules: [{ ...dump, apiGroups: ["apps"] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [dump], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NODE_CHECKPOINT).toBe(held);
  });

  it.each([
    { minor: "29", state: "blocked", reason: "1.30" },
    { minor: "30", state: "latent", reason: "file on the node" },
    { minor: "37", state: "latent", reason: "file on the node" },
    { minor: null, state: "latent", reason: "version" },
  ])("is $state on version 1.$minor", ({ minor, state, reason }) => {
    expect(holdAlone({ ...aGrantedCluster({ rules: [dump] }), minor }, nodeCheckpoint)).toMatchObject([
      { state, reason: expect.stringContaining(reason) },
    ]);
  });
});
