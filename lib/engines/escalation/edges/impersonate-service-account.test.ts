import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aGroup } from "#lib/testing/build-rbac.ts";

const impersonate = { verbs: ["impersonate"], resources: ["serviceaccounts"] };

describe("IMPERSONATE_SERVICE_ACCOUNT", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "44: through a role binding it holds in that namespace",
      grants: [{ rules: [impersonate], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "in kube-system it is critical",
      grants: [{ rules: [impersonate], in: "kube-system" }],
      held: "critical kube-system",
    },
    {
      name: "in a namespace with an account that takes over the cluster it is critical",
      grants: [{ rules: [impersonate], in: "ops" }],
      held: "critical ops",
    },
    { name: "in every namespace it is critical", grants: [{ rules: [impersonate] }], held: "critical cluster" },
    {
      name: "limited to names it gives what those accounts may do",
      grants: [{ rules: [{ ...impersonate, resourceNames: ["web"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "a named account that takes over the cluster is critical",
      grants: [{ rules: [{ ...impersonate, resourceNames: ["root"] }], in: "ops" }],
      held: "critical ops",
    },
    {
      name: "21: an account of the same name in another namespace is another one",
      grants: [{ rules: [{ ...impersonate, resourceNames: ["root"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "names in kube-system are not all of kube-system",
      grants: [{ rules: [{ ...impersonate, resourceNames: ["x"] }], in: "kube-system" }],
      held: "medium kube-system",
    },
    {
      name: "another verb is not",
      grants: [{ rules: [{ ...impersonate, verbs: ["get"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [impersonate], in: "payments", byDefault: true }],
      held: "medium payments expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).IMPERSONATE_SERVICE_ACCOUNT).toBe(held);
  });

  it("is inherited by the accounts of a group", () => {
    const parts = aGrantedCluster({ rules: [impersonate], in: "payments", to: aGroup("system:serviceaccounts:shop") });
    expect(heldBy(parts, "ServiceAccount:shop/web").IMPERSONATE_SERVICE_ACCOUNT).toBe("medium payments inherited");
    expect(heldBy(parts, "Group:system:serviceaccounts:shop").IMPERSONATE_SERVICE_ACCOUNT).toBe("medium payments");
    expect(heldBy(parts, "ServiceAccount:payments/web").IMPERSONATE_SERVICE_ACCOUNT).toBeUndefined();
  });
});
