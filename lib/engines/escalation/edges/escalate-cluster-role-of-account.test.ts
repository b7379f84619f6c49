import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, anAccount } from "#lib/testing/build-rbac.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";

const ID = "ESCALATE_CLUSTER_ROLE_OF_ACCOUNT";
const RBAC = "rbac.authorization.k8s.io";
const rewrite = {
  verbs: ["escalate", "patch"],
  apiGroups: [RBAC],
  resources: ["clusterroles"],
  resourceNames: ["reader"],
};
const token = { verbs: ["create"], resources: ["serviceaccounts/token"] };

/** With a ClusterRole `reader` that is bound to payments/web: in the cluster, or in a namespace. */
function withReader(parts: SnapshotParts, namespace?: string): SnapshotParts {
  const binding = aBinding({
    name: "reader",
    ...(namespace === undefined ? {} : { namespace }),
    role: "reader",
    subjects: [anAccount("payments", "web")],
  });
  return {
    ...parts,
    clusterRoles: [...(parts.clusterRoles ?? []), aClusterRole("reader"), aClusterRole("other")],
    clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), ...(namespace === undefined ? [binding] : [])],
    roleBindings: [...(parts.roleBindings ?? []), ...(namespace === undefined ? [] : [binding])],
  };
}

describe("ESCALATE_CLUSTER_ROLE_OF_ACCOUNT", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "tokens everywhere", grants: [{ rules: [rewrite, token] }], held: "critical cluster" },
    {
      name: "tokens where the account is, from another binding",
      grants: [{ rules: [rewrite] }, { rules: [token], in: "payments" }],
      held: "critical payments",
    },
    {
      name: "tokens of another namespace",
      grants: [{ rules: [rewrite] }, { rules: [token], in: "shop" }],
      held: undefined,
    },
    {
      name: "16: rewriting through a role binding is inert",
      grants: [{ rules: [rewrite, token], in: "payments" }],
      held: undefined,
    },
    {
      name: "16: one half through a role binding is inert",
      grants: [
        { rules: [{ ...rewrite, verbs: ["escalate"] }] },
        { rules: [{ ...rewrite, verbs: ["patch"] }, token], in: "payments" },
      ],
      held: undefined,
    },
    {
      name: "another role than the bound one gains nothing",
      grants: [{ rules: [{ ...rewrite, resourceNames: ["other"] }, token] }],
      held: undefined,
    },
    {
      name: "without limit to names the own role is enough",
      grants: [{ rules: [{ ...rewrite, resourceNames: [] }, token] }],
      held: undefined,
    },
    { name: "without escalate", grants: [{ rules: [{ ...rewrite, verbs: ["patch"] }, token] }], held: undefined },
    { name: "without a way to act as the account", grants: [{ rules: [rewrite] }], held: undefined },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...rewrite, apiGroups: [""] }, token] }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(withReader(aGrantedCluster(...grants)))[ID]).toBe(held);
  });

  it("leads as far as the account's binding counts", () => {
    const parts = aGrantedCluster({ rules: [rewrite] }, { rules: [token], in: "payments" });
    expect(reachedBy(withReader(parts), ID)).toEqual(["target cluster-admin"]);
    expect(reachedBy(withReader(parts, "shop"), ID)).toEqual(["namespace-admin shop"]);
    expect(heldBy(withReader(parts, "shop"))[ID]).toBe("high payments");
  });
});
