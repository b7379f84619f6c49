import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aGroup } from "#lib/testing/build-rbac.ts";

const create = { verbs: ["create"], resources: ["pods"] };

describe("POD_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "in a plain namespace it is medium",
      grants: [{ rules: [create], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "in kube-system it is critical",
      grants: [{ rules: [create], in: "kube-system" }],
      held: "critical kube-system",
    },
    {
      name: "in a namespace with an account that takes over the cluster it is critical",
      grants: [{ rules: [create], in: "ops" }],
      held: "critical ops",
    },
    { name: "in every namespace it is critical", grants: [{ rules: [create] }], held: "critical cluster" },
    {
      name: "limited to names it is inert",
      grants: [{ rules: [{ ...create, resourceNames: ["web"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "14: create and patch with one name make it by server-side apply",
      grants: [{ rules: [{ ...create, verbs: ["create", "patch"], resourceNames: ["web"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "15: create and patch with different names do not",
      grants: [
        { rules: [{ ...create, resourceNames: ["web"] }], in: "payments" },
        { rules: [{ ...create, verbs: ["patch"], resourceNames: ["db"] }], in: "payments" },
      ],
      held: undefined,
    },
    {
      name: "where a pod of the name is there it waits",
      grants: [{ rules: [{ ...create, verbs: ["create", "patch"], resourceNames: ["root-0"] }], in: "ops" }],
      held: "low ops",
    },
    {
      name: "13: no pod bears the name *",
      grants: [{ rules: [{ ...create, verbs: ["create", "patch"], resourceNames: ["*"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "update of pods creates none",
      grants: [{ rules: [{ ...create, verbs: ["update", "patch"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "pods of another group are not these",
      grants: [{ rules: [{ ...create, apiGroups: ["metrics.k8s.io"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a subresource creates none",
      grants: [{ rules: [{ ...create, resources: ["pods/eviction"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [create], byDefault: true }],
      held: "critical cluster expected",
    },
    {
      name: "held everywhere, single namespaces are not repeated",
      grants: [{ rules: [create] }, { rules: [create], in: "payments" }],
      held: "critical cluster",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_CREATE).toBe(held);
  });

  it("is inherited by the accounts of a group", () => {
    const parts = aGrantedCluster({ rules: [create], in: "payments", to: aGroup("system:serviceaccounts:shop") });
    expect(heldBy(parts, "ServiceAccount:shop/web").POD_CREATE).toBe("medium payments inherited");
    expect(heldBy(parts, "Group:system:serviceaccounts:shop").POD_CREATE).toBe("medium payments");
    expect(heldBy(parts, "ServiceAccount:payments/web").POD_CREATE).toBeUndefined();
  });
});
