import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const update = { verbs: ["update"], apiGroups: ["coordination.k8s.io"], resources: ["leases"] };

describe("CONTROL_PLANE_LEASE_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "any lease of kube-system", grants: [{ rules: [update], in: "kube-system" }], held: "low kube-system" },
    {
      name: "that of the scheduler by name",
      grants: [{ rules: [{ ...update, verbs: ["delete"], resourceNames: ["kube-scheduler"] }], in: "kube-system" }],
      held: "low kube-system",
    },
    { name: "everywhere", grants: [{ rules: [update] }], held: "low cluster" },
    {
      name: "its own by name",
      grants: [{ rules: [{ ...update, resourceNames: ["my-controller"] }], in: "kube-system" }],
      held: undefined,
    },
    { name: "leases of another namespace", grants: [{ rules: [update], in: "payments" }], held: undefined },
    {
      name: "creating takes none that is there",
      grants: [{ rules: [{ ...update, verbs: ["create", "get"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...update, apiGroups: [""] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [update], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).CONTROL_PLANE_LEASE_WRITE).toBe(held);
  });
});
