import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";

const volumes = { verbs: ["create"], resources: ["persistentvolumes"] };
const claims = { verbs: ["create"], resources: ["persistentvolumeclaims"] };
const pods = { verbs: ["create"], resources: ["pods"] };
const world = (...grants: readonly GivenGrant[]) => {
  const parts = aGrantedCluster(...grants);
  const lab = { metadata: aMetadata({ name: "lab", labels: [["pod-security.kubernetes.io/enforce", "baseline"]] }) };
  return { ...parts, namespaces: [...(parts.namespaces ?? []), lab] };
};

describe("PERSISTENT_VOLUME_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "all three everywhere", grants: [{ rules: [volumes, claims, pods] }], held: "critical cluster" },
    {
      name: "volumes everywhere, the rest in one namespace, past its level baseline",
      grants: [{ rules: [volumes] }, { rules: [claims, pods], in: "lab" }],
      held: "critical lab",
    },
    {
      name: "a controller instead of the pod",
      grants: [
        { rules: [volumes, claims] },
        { rules: [{ verbs: ["create"], apiGroups: ["apps"], resources: ["deployments"] }], in: "lab" },
      ],
      held: "critical lab",
    },
    {
      name: "where processes may not be root it waits",
      grants: [{ rules: [volumes] }, { rules: [claims, pods], in: "payments" }],
      held: "low payments",
    },
    {
      name: "16: volumes through a role binding are inert",
      grants: [{ rules: [volumes, claims, pods], in: "lab" }],
      held: undefined,
    },
    {
      name: "claims alone where no pod may be started",
      grants: [{ rules: [volumes] }, { rules: [claims], in: "lab" }],
      held: undefined,
    },
    {
      name: "where the only way to a pod is a workload that is not there it waits",
      grants: [
        { rules: [volumes] },
        { rules: [{ ...pods, verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] }], in: "lab" },
      ],
      held: "low lab",
    },
    { name: "without a pod", grants: [{ rules: [volumes, claims] }], held: undefined },
    {
      name: "without a right to claims, as the template of an ephemeral volume makes them",
      grants: [{ rules: [volumes] }, { rules: [pods], in: "lab" }],
      held: "critical lab",
    },
    {
      name: "10: limited by name it is inert",
      grants: [{ rules: [{ ...volumes, resourceNames: ["x"] }, claims, pods] }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...volumes, apiGroups: ["storage.k8s.io"] }, claims, pods] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [volumes, claims, pods], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(world(...grants)).PERSISTENT_VOLUME_CREATE).toBe(held);
  });
});
