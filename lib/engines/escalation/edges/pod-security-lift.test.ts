import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const patch = { verbs: ["patch"], resources: ["namespaces"] };
const create = { verbs: ["create"], resources: ["pods"] };
const deploy = { verbs: ["create"], apiGroups: ["apps"], resources: ["deployments"] };

describe("POD_SECURITY_LIFT", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "17: both through a role binding of the namespace",
      grants: [{ rules: [patch, create], in: "payments" }],
      held: "critical payments",
    },
    {
      name: "halves of two bindings",
      grants: [
        { rules: [{ ...patch, verbs: ["update"] }], in: "payments" },
        { rules: [create], in: "payments" },
      ],
      held: "critical payments",
    },
    { name: "any way to start pods", grants: [{ rules: [patch, deploy], in: "payments" }], held: "critical payments" },
    {
      name: "labels everywhere and pods in one namespace",
      grants: [{ rules: [patch] }, { rules: [create], in: "payments" }],
      held: "critical payments",
    },
    {
      name: "named after the namespace",
      grants: [{ rules: [{ ...patch, resourceNames: ["payments"] }, create], in: "payments" }],
      held: "critical payments",
    },
    {
      name: "17: named after another namespace is nothing",
      grants: [{ rules: [{ ...patch, resourceNames: ["shop"] }, create], in: "payments" }],
      held: undefined,
    },
    {
      name: "17: in different namespaces is nothing",
      grants: [
        { rules: [patch], in: "shop" },
        { rules: [create], in: "payments" },
      ],
      held: undefined,
    },
    {
      name: "where the only way to a pod is a workload that is not there it waits",
      grants: [{ rules: [patch, { ...deploy, verbs: ["patch"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "everywhere, but named after no namespace, is nothing",
      grants: [{ rules: [{ ...patch, resourceNames: ["gone"] }, create] }],
      held: undefined,
    },
    { name: "labels alone are not", grants: [{ rules: [patch], in: "payments" }], held: undefined },
    { name: "pods alone are not", grants: [{ rules: [create], in: "payments" }], held: undefined },
    {
      name: "create of namespaces is another",
      grants: [{ rules: [{ ...patch, verbs: ["create"] }, create] }],
      held: undefined,
    },
    {
      name: "the status has no such labels to lift",
      grants: [{ rules: [{ ...patch, resources: ["namespaces/finalize"] }, create], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...patch, apiGroups: ["apps"] }, create], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_SECURITY_LIFT).toBe(held);
  });

  it("is high where the nodes lead no further", () => {
    const parts = aGrantedCluster({ rules: [patch, create], in: "payments" });
    expect(heldBy({ ...parts, pods: [], clusterRoleBindings: [] }).POD_SECURITY_LIFT).toBe("high payments");
  });
});
