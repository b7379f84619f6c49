import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aPod } from "#lib/testing/build-pods.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { podEphemeralContainer } from "./pod-ephemeral-container.ts";

const patch = { verbs: ["patch"], resources: ["pods/ephemeralcontainers"] };

describe("POD_EPHEMERAL_CONTAINER", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "patch", grants: [{ rules: [patch], in: "payments" }], held: "medium payments" },
    { name: "update", grants: [{ rules: [{ ...patch, verbs: ["update"] }], in: "payments" }], held: "medium payments" },
    {
      name: "a named pod",
      grants: [{ rules: [{ ...patch, resourceNames: ["web-0"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "a pod that runs as an account that takes over",
      grants: [{ rules: [patch], in: "ops" }],
      held: "critical ops",
    },
    { name: "everywhere", grants: [{ rules: [patch] }], held: "critical cluster" },
    {
      name: "create is not asked for",
      grants: [{ rules: [{ ...patch, verbs: ["create"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "patch of pods does not reach it",
      grants: [{ rules: [{ ...patch, resources: ["pods"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "1: pods/* does not either",
      grants: [{ rules: [{ ...patch, resources: ["pods/*"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...patch, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [patch], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_EPHEMERAL_CONTAINER).toBe(held);
  });

  const pods = { type: "pods", namespace: "lab", names: null };
  it.each([
    {
      name: "where nothing is enforced it is root on the node of the pod",
      level: "privileged",
      rule: patch,
      gains: [pods, { type: "nodes", names: ["node-7"] }],
    },
    { name: "baseline refuses a privileged container there too", level: "baseline", rule: patch, gains: [pods] },
    {
      name: "limited to another pod it reaches no node",
      level: "privileged",
      rule: { ...patch, resourceNames: ["other"] },
      gains: [{ ...pods, names: ["other"] }],
    },
  ])("$name", ({ level, rule, gains }) => {
    const parts = aGrantedCluster({ rules: [rule], in: "lab" });
    const lab = { metadata: aMetadata({ name: "lab", labels: [["pod-security.kubernetes.io/enforce", level]] }) };
    const held = holdAlone(
      {
        ...parts,
        namespaces: [...(parts.namespaces ?? []), lab],
        pods: [...(parts.pods ?? []), aPod("lab", "tool", { nodeName: "node-7" })],
      },
      podEphemeralContainer,
    );
    expect(held.map((one) => one.gains)).toEqual([gains]);
  });
});
