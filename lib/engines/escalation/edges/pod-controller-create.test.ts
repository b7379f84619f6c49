import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const create = { verbs: ["create"], apiGroups: ["apps"], resources: ["deployments"] };

describe("POD_CONTROLLER_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "deployments of apps", grants: [{ rules: [create], in: "payments" }], held: "medium payments" },
    {
      name: "jobs of batch",
      grants: [{ rules: [{ ...create, apiGroups: ["batch"], resources: ["jobs"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "replication controllers of the core group",
      grants: [{ rules: [{ ...create, apiGroups: [""], resources: ["replicationcontrollers"] }], in: "payments" }],
      held: "medium payments",
    },
    { name: "in kube-system", grants: [{ rules: [create], in: "kube-system" }], held: "critical kube-system" },
    {
      name: "beside an account that takes over the cluster",
      grants: [{ rules: [create], in: "ops" }],
      held: "critical ops",
    },
    { name: "everywhere", grants: [{ rules: [create] }], held: "critical cluster" },
    {
      name: "deployments of the core group do not exist",
      grants: [{ rules: [{ ...create, apiGroups: [""] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "6: apps/v1 is no group",
      grants: [{ rules: [{ ...create, apiGroups: ["apps/v1"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "10: limited by name it is inert",
      grants: [{ rules: [{ ...create, resourceNames: ["web"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "scaling starts no pod of one's own making",
      grants: [{ rules: [{ ...create, verbs: ["*"], resources: ["deployments/scale"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [create], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_CONTROLLER_CREATE).toBe(held);
  });

  it("is nothing more for who may create the pods themselves", () => {
    const rules = [create, { verbs: ["create"], resources: ["pods"] }];
    expect(heldBy(aGrantedCluster({ rules, in: "payments" }))).toEqual({ POD_CREATE: "medium payments" });
  });
});
