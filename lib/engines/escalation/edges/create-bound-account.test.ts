import { describe, expect, it } from "vitest";
import { aGrantedCluster, EVERYTHING, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, anAccount } from "#lib/testing/build-rbac.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";

const ID = "CREATE_BOUND_ACCOUNT";
const create = { verbs: ["create"], resources: ["serviceaccounts"] };
const token = { verbs: ["create"], resources: ["serviceaccounts/token"] };
const pods = { verbs: ["create"], resources: ["pods"] };

/** With bindings of view to accounts; `payments/gone` and `shop/left` do not exist, `payments/web` does. */
const cluster = (...grants: readonly GivenGrant[]): SnapshotParts => {
  const parts = aGrantedCluster(...grants);
  const subjects = [anAccount("payments", "gone"), anAccount("payments", "web"), anAccount("shop", "left")];
  return {
    ...parts,
    clusterRoles: [...(parts.clusterRoles ?? []), aClusterRole("view")],
    clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), aBinding({ name: "v", role: "view", subjects })],
  };
};

describe("CREATE_BOUND_ACCOUNT", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined; reached: readonly string[] }>([
    {
      name: "an account and its token",
      grants: [{ rules: [create, token], in: "payments" }],
      held: "medium payments",
      reached: ["identities payments gone"],
    },
    {
      name: "an account and a pod",
      grants: [{ rules: [create], in: "payments" }, { rules: [pods] }],
      held: "medium payments",
      reached: ["identities payments gone"],
    },
    {
      name: "an account and a controller",
      grants: [{ rules: [create, { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] }], in: "shop" }],
      held: "medium shop",
      reached: ["identities shop left"],
    },
    {
      name: "an account and a Secret that is filled with its token",
      grants: [{ rules: [create, { verbs: ["create", "get"], resources: ["secrets"] }], in: "shop" }],
      held: "medium shop",
      reached: ["identities shop left"],
    },
    {
      name: "an account and a Secret that may not be read",
      grants: [{ rules: [create, { verbs: ["create"], resources: ["secrets"] }], in: "shop" }],
      held: undefined,
      reached: [],
    },
    {
      name: "14: create and patch with its name make it by server-side apply",
      grants: [{ rules: [{ ...create, verbs: ["create", "patch"], resourceNames: ["gone"] }, token], in: "payments" }],
      held: "medium payments",
      reached: ["identities payments gone"],
    },
    {
      name: "everywhere",
      grants: [{ rules: [create, token] }],
      held: "medium cluster",
      reached: ["identities payments gone", "identities shop left"],
    },
    {
      name: "the token of the one name",
      grants: [{ rules: [create, { ...token, resourceNames: ["gone"] }], in: "payments" }],
      held: "medium payments",
      reached: ["identities payments gone"],
    },
    {
      name: "the token of another name",
      grants: [{ rules: [create, { ...token, resourceNames: ["web"] }], in: "payments" }],
      held: undefined,
      reached: [],
    },
    {
      name: "an account alone is of no use",
      grants: [{ rules: [create], in: "payments" }],
      held: undefined,
      reached: [],
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...create, resourceNames: ["gone"] }, token], in: "payments" }],
      held: undefined,
      reached: [],
    },
    {
      name: "halves in different namespaces are nothing",
      grants: [
        { rules: [create], in: "payments" },
        { rules: [token], in: "shop" },
      ],
      held: undefined,
      reached: [],
    },
    {
      name: "a namespace where every account exists",
      grants: [{ rules: [create, token], in: "ops" }],
      held: undefined,
      reached: [],
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...create, apiGroups: ["example.com"] }, token], in: "payments" }],
      held: undefined,
      reached: [],
    },
  ])("$name", ({ grants, held, reached }) => {
    const parts = cluster(...grants);
    expect(heldBy(parts)[ID]).toBe(held);
    expect(reachedBy(parts, ID)).toEqual(reached);
  });

  it("is critical where the account that is gone could do everything", () => {
    const parts = aGrantedCluster(
      { rules: [create, token], in: "payments" },
      { rules: [EVERYTHING], to: anAccount("payments", "gone") },
    );
    expect(heldBy(parts)[ID]).toBe("critical payments");
  });

  it("27: a binding whose role is gone too gives nothing to revive", () => {
    const parts = aGrantedCluster({ rules: [create, token], in: "payments" });
    const binding = aBinding({ name: "d", role: "gone", subjects: [anAccount("payments", "gone")] });
    expect(
      heldBy({ ...parts, clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), binding] })[ID],
    ).toBeUndefined();
  });

  it("is not claimed where accounts could not be read", () => {
    const gaps = [{ resource: "serviceaccounts", state: "forbidden" }] as const;
    expect(heldBy({ ...cluster({ rules: [create, token], in: "payments" }), gaps })[ID]).toBeUndefined();
  });

  it("needs the namespace, or to make it", () => {
    const bound = (...rules: GivenGrant["rules"]) => {
      const parts = cluster({ rules: [create, token, ...rules] });
      const subjects = [anAccount("deleted", "gone")];
      return {
        ...parts,
        clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), aBinding({ name: "d", role: "view", subjects })],
      };
    };
    const namespaces = { verbs: ["create"], resources: ["namespaces"] };
    expect(reachedBy(bound(), ID)).not.toContain("identities deleted gone");
    expect(reachedBy(bound(namespaces), ID)).toContain("identities deleted gone");
  });

  it("leaves out the account that every namespace has by itself", () => {
    const parts = aGrantedCluster({ rules: [create, token], in: "shop" });
    const root = aBinding({ name: "root", role: "cluster-admin", subjects: [anAccount("shop", "default")] });
    const bound = { ...parts, clusterRoleBindings: [...(parts.clusterRoleBindings ?? []).slice(1), root] };
    expect(heldBy(bound)).toEqual({ ACCOUNT_TOKEN_CREATE: "critical shop" });
  });
});
