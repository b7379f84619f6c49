import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aWorkload } from "#lib/testing/build-pods.ts";

const remove = { verbs: ["delete"], resources: ["pods"] };

describe("WORKLOAD_DELETE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "pods", grants: [{ rules: [remove], in: "payments" }], held: "low payments" },
    {
      name: "eviction",
      grants: [{ rules: [{ verbs: ["create"], resources: ["pods/eviction"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "10: eviction of one pod by name",
      grants: [
        { rules: [{ verbs: ["create"], resources: ["pods/eviction"], resourceNames: ["web-0"] }], in: "payments" },
      ],
      held: "low payments",
    },
    {
      name: "deployments",
      grants: [{ rules: [{ ...remove, apiGroups: ["apps"], resources: ["deployments"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "all at once, everywhere",
      grants: [{ rules: [{ ...remove, verbs: ["deletecollection"] }] }],
      held: "low cluster",
    },
    {
      name: "12: deletecollection limited by name is inert",
      grants: [{ rules: [{ ...remove, verbs: ["deletecollection"], resourceNames: ["web-0"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "deployments of the core group do not exist",
      grants: [{ rules: [{ ...remove, resources: ["deployments"] }], in: "payments" }],
      held: undefined,
    },
    { name: "reading is not", grants: [{ rules: [{ ...remove, verbs: ["get"] }], in: "payments" }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [remove], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).WORKLOAD_DELETE).toBe(held);
  });

  it("is nothing more for who may change workloads that are there", () => {
    const rules = [{ ...remove, verbs: ["delete", "patch"], apiGroups: ["apps"], resources: ["deployments"] }];
    const parts = {
      ...aGrantedCluster({ rules, in: "payments" }),
      workloads: [aWorkload("Deployment", "payments", "web")],
    };
    expect(heldBy(parts)).toEqual({ POD_CONTROLLER_UPDATE: "medium payments" });
  });
});
