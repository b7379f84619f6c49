import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "CONTROL_PLANE_CONFIG_WRITE";
const update = { verbs: ["update"], resources: ["configmaps"] };
const named = (name: string) => ({ ...update, resourceNames: [name] });

describe("CONTROL_PLANE_CONFIG_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "any in kube-system", grants: [{ rules: [update], in: "kube-system" }], held: "medium kube-system" },
    { name: "everywhere", grants: [{ rules: [{ ...update, verbs: ["patch"] }] }], held: "medium cluster" },
    {
      name: "trust of extension API servers",
      grants: [{ rules: [named("extension-apiserver-authentication")], in: "kube-system" }],
      held: "medium kube-system",
    },
    {
      name: "settings of kubelets",
      grants: [{ rules: [named("kubelet-config")], in: "kube-system" }],
      held: "medium kube-system",
    },
    { name: "another ConfigMap", grants: [{ rules: [named("coredns")], in: "kube-system" }], held: undefined },
    { name: "another namespace", grants: [{ rules: [update], in: "payments" }], held: undefined },
    {
      name: "create writes none that is there",
      grants: [{ rules: [{ ...update, verbs: ["create"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...update, apiGroups: ["example.com"] }], in: "kube-system" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("is no identity", () => {
    expect(reachedBy(aGrantedCluster({ rules: [update], in: "kube-system" }), ID)).toEqual([]);
  });
});
