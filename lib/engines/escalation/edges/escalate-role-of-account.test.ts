import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aGroup, anAccount, aRole, toRole } from "#lib/testing/build-rbac.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";
import type { BindingSubject } from "#lib/model/rbac.ts";

const ID = "ESCALATE_ROLE_OF_ACCOUNT";
const RBAC = "rbac.authorization.k8s.io";
const rewrite = { verbs: ["escalate", "update"], apiGroups: [RBAC], resources: ["roles"] };
const token = { verbs: ["create"], resources: ["serviceaccounts/token"] };
const named = (rule: object, ...resourceNames: string[]) => ({ ...rule, resourceNames });

/** With a Role `own` of payments that is bound to somebody. */
function withRole(parts: SnapshotParts, to: BindingSubject = anAccount("payments", "web")): SnapshotParts {
  return {
    ...parts,
    roles: [aRole("payments", "own")],
    roleBindings: [
      ...(parts.roleBindings ?? []),
      aBinding({ name: "own", namespace: "payments", role: toRole("own"), subjects: [to] }),
    ],
  };
}

describe("ESCALATE_ROLE_OF_ACCOUNT", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "by a token", grants: [{ rules: [rewrite, token], in: "payments" }], held: "high payments" },
    {
      name: "by impersonation",
      grants: [{ rules: [rewrite, { verbs: ["impersonate"], resources: ["serviceaccounts"] }], in: "payments" }],
      held: "high payments",
    },
    {
      name: "by a pod, halves from different bindings",
      grants: [{ rules: [rewrite] }, { rules: [{ verbs: ["create"], resources: ["pods"] }], in: "payments" }],
      held: "high payments",
    },
    {
      name: "by a workload",
      grants: [{ rules: [rewrite, { verbs: ["create"], apiGroups: ["batch"], resources: ["jobs"] }], in: "payments" }],
      held: "high payments",
    },
    {
      name: "only the role that is bound",
      grants: [{ rules: [named(rewrite, "own"), token], in: "payments" }],
      held: "high payments",
    },
    {
      name: "another role than the bound one gains nothing",
      grants: [{ rules: [named(rewrite, "other"), token], in: "payments" }],
      held: undefined,
    },
    {
      name: "halves for two names are nothing",
      grants: [
        { rules: [named({ ...rewrite, verbs: ["escalate"] }, "own")], in: "payments" },
        { rules: [named({ ...rewrite, verbs: ["update"] }, "other"), token], in: "payments" },
      ],
      held: undefined,
    },
    { name: "without a way to act as the account", grants: [{ rules: [rewrite], in: "payments" }], held: undefined },
    {
      name: "creating pods limited to a name is inert",
      grants: [{ rules: [rewrite, named({ verbs: ["create"], resources: ["pods"] }, "own")], in: "payments" }],
      held: undefined,
    },
    {
      name: "without escalate",
      grants: [{ rules: [{ ...rewrite, verbs: ["update"] }, token], in: "payments" }],
      held: undefined,
    },
    {
      name: "tokens of another namespace",
      grants: [
        { rules: [rewrite], in: "payments" },
        { rules: [token], in: "shop" },
      ],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(withRole(aGrantedCluster(...grants)))[ID]).toBe(held);
  });

  it.each<{ name: string; to: BindingSubject; held: string | undefined }>([
    { name: "all accounts of the namespace", to: aGroup("system:serviceaccounts:payments"), held: "high payments" },
    { name: "all accounts", to: aGroup("system:serviceaccounts"), held: "high payments" },
    { name: "accounts of another namespace", to: aGroup("system:serviceaccounts:shop"), held: undefined },
    { name: "an account of another namespace", to: anAccount("shop", "web"), held: undefined },
    { name: "an account that does not exist", to: anAccount("payments", "gone"), held: undefined },
    { name: "some group", to: aGroup("team"), held: undefined },
  ])("the role is bound to $name", ({ to, held }) => {
    expect(heldBy(withRole(aGrantedCluster({ rules: [rewrite, token], in: "payments" }), to))[ID]).toBe(held);
  });

  it("leads to the namespaces of such roles, not to those that the own roles give anyway", () => {
    const parts = withRole(aGrantedCluster({ rules: [rewrite, token] }));
    expect(reachedBy(parts, ID)).toEqual(["namespace-admin payments"]);
    expect(
      heldBy(withRole(aGrantedCluster({ rules: [rewrite, token], in: "payments" }), aGroup("system:authenticated")))[
        ID
      ],
    ).toBe(undefined);
  });
});
