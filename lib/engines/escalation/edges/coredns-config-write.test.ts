import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";

const patch = { verbs: ["patch"], resources: ["configmaps"] };
const coredns = {
  metadata: aMetadata({ name: "coredns", namespace: "kube-system" }),
  group: "",
  kind: "ConfigMap",
  version: "v1",
  spec: {},
};
const world = (...grants: readonly GivenGrant[]) => ({ ...aGrantedCluster(...grants), configMaps: [coredns] });

describe("COREDNS_CONFIG_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "any ConfigMap of kube-system",
      grants: [{ rules: [patch], in: "kube-system" }],
      held: "medium kube-system",
    },
    {
      name: "this one by name",
      grants: [{ rules: [{ ...patch, resourceNames: ["coredns"] }], in: "kube-system" }],
      held: "medium kube-system",
    },
    { name: "any ConfigMap anywhere", grants: [{ rules: [{ ...patch, verbs: ["update"] }] }], held: "medium cluster" },
    {
      name: "another by name",
      grants: [{ rules: [{ ...patch, resourceNames: ["coredns-custom"] }], in: "kube-system" }],
      held: undefined,
    },
    { name: "in another namespace", grants: [{ rules: [patch], in: "payments" }], held: undefined },
    {
      name: "creating is refused: it is there",
      grants: [{ rules: [{ ...patch, verbs: ["create", "get"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...patch, apiGroups: ["apps"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [patch], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(world(...grants)).COREDNS_CONFIG_WRITE).toBe(held);
  });

  it.each([
    { name: "is nothing where another server answers", gaps: [], held: undefined },
    {
      name: "may be there where it could not be read",
      gaps: [{ resource: "configmaps", state: "forbidden" as const }],
      held: "medium kube-system",
    },
  ])("$name", ({ gaps, held }) => {
    const parts = { ...aGrantedCluster({ rules: [patch], in: "kube-system" }), gaps };
    expect(heldBy(parts).COREDNS_CONFIG_WRITE).toBe(held);
  });
});
