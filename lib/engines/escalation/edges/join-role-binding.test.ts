import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, aRole, aRule, aUser, toRole } from "#lib/testing/build-rbac.ts";

const ID = "JOIN_ROLE_BINDING";
const RBAC = "rbac.authorization.k8s.io";
const bindRoles = { verbs: ["bind"], apiGroups: [RBAC], resources: ["roles"] };
const bindClusterRoles = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] };
const update = { verbs: ["update"], apiGroups: [RBAC], resources: ["rolebindings"] };
const named = (rule: object, ...resourceNames: string[]) => ({ ...rule, resourceNames });

/** In payments `owners` binds the Role `owner` and `viewers` the ClusterRole `view`; in shop `admins` binds `cluster-admin`. */
const cluster = (...grants: readonly GivenGrant[]) => {
  const parts = aGrantedCluster(...grants);
  const subjects = [aUser("bob")];
  return {
    ...parts,
    clusterRoles: [...(parts.clusterRoles ?? []), aClusterRole("view")],
    roles: [aRole("payments", "owner", [aRule({ verbs: ["list"], resources: ["secrets"] })])],
    roleBindings: [
      ...(parts.roleBindings ?? []),
      aBinding({ name: "owners", namespace: "payments", role: toRole("owner"), subjects }),
      aBinding({ name: "viewers", namespace: "payments", role: "view", subjects }),
      aBinding({ name: "admins", namespace: "shop", role: "cluster-admin", subjects }),
    ],
  };
};

describe("JOIN_ROLE_BINDING", () => {
  it("14: create and patch with the name of none make one", () => {
    const apply = named({ ...update, verbs: ["create", "patch"] }, "new");
    expect(reachedBy(cluster({ rules: [bindClusterRoles, apply], in: "payments" }), ID)).toEqual([
      "namespace-admin payments",
    ]);
    expect(reachedBy(cluster({ rules: [named(bindClusterRoles, "view"), apply], in: "payments" }), ID)).toEqual([
      "role view payments",
    ]);
  });

  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined; reached: readonly string[] }>([
    {
      name: "roles of the namespace",
      grants: [{ rules: [bindRoles, update], in: "payments" }],
      held: "medium payments",
      reached: ["role owner payments"],
    },
    {
      name: "cluster roles bound there",
      grants: [{ rules: [named(bindClusterRoles, "view"), update], in: "payments" }],
      held: "medium payments",
      reached: ["role view payments"],
    },
    {
      name: "cluster-admin bound in a namespace owns the namespace",
      grants: [{ rules: [bindClusterRoles, update], in: "shop" }],
      held: "medium shop",
      reached: ["namespace-admin shop"],
    },
    {
      name: "everywhere",
      grants: [
        { rules: [bindRoles, { ...update, verbs: ["patch"] }] },
        { rules: [named(bindClusterRoles, "cluster-admin")] },
      ],
      held: "medium cluster",
      reached: ["namespace-admin shop", "role owner payments"],
    },
    {
      name: "35: bind counts in the namespace of the binding",
      grants: [{ rules: [update] }, { rules: [bindRoles], in: "payments" }],
      held: "medium payments",
      reached: ["role owner payments"],
    },
    {
      name: "35: halves in different namespaces are nothing",
      grants: [
        { rules: [update], in: "shop" },
        { rules: [bindRoles], in: "payments" },
      ],
      held: undefined,
      reached: [],
    },
    {
      name: "the binding by name",
      grants: [{ rules: [bindRoles, bindClusterRoles, named(update, "viewers")], in: "payments" }],
      held: "medium payments",
      reached: ["role view payments"],
    },
    {
      name: "34: bind of another role",
      grants: [{ rules: [named(bindRoles, "other"), update], in: "payments" }],
      held: "low payments",
      reached: [],
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [bindRoles, { ...update, apiGroups: [""] }], in: "payments" }],
      held: undefined,
      reached: [],
    },
  ])("$name", ({ grants, held, reached }) => {
    const parts = cluster(...grants);
    expect(heldBy(parts)[ID]).toBe(held);
    expect(reachedBy(parts, ID)).toEqual(reached);
  });

  it("says what is missing", () => {
    expect(stateOf(cluster({ rules: [bindRoles, update], in: "shop" }), ID)).toBe(
      "latent: no binding that it may change refers to a role that it may bind",
    );
  });
});
