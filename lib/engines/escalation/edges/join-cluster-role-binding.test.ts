import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, aUser } from "#lib/testing/build-rbac.ts";

const ID = "JOIN_CLUSTER_ROLE_BINDING";
const RBAC = "rbac.authorization.k8s.io";
const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] };
const update = { verbs: ["update"], apiGroups: [RBAC], resources: ["clusterrolebindings"] };
const named = (rule: object, ...resourceNames: string[]) => ({ ...rule, resourceNames });

/** Beside the binding `root` of cluster-admin there is `viewers`, of view. */
const cluster = (...grants: readonly GivenGrant[]) => {
  const parts = aGrantedCluster(...grants);
  return {
    ...parts,
    clusterRoles: [...(parts.clusterRoles ?? []), aClusterRole("view")],
    clusterRoleBindings: [
      ...(parts.clusterRoleBindings ?? []),
      aBinding({ name: "viewers", role: "view", subjects: [aUser("bob")] }),
    ],
  };
};

describe("JOIN_CLUSTER_ROLE_BINDING", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "both halves join cluster-admin", grants: [{ rules: [bind, update] }], held: "critical cluster" },
    { name: "patch as well", grants: [{ rules: [bind, { ...update, verbs: ["patch"] }] }], held: "critical cluster" },
    { name: "halves of two bindings", grants: [{ rules: [bind] }, { rules: [update] }], held: "critical cluster" },
    { name: "the one binding by name", grants: [{ rules: [bind, named(update, "root")] }], held: "critical cluster" },
    { name: "another binding by name", grants: [{ rules: [bind, named(update, "viewers")] }], held: "medium cluster" },
    {
      name: "34: bind of view joins no other",
      grants: [{ rules: [named(bind, "view"), update] }],
      held: "medium cluster",
    },
    {
      name: "34: bind of view and update of the other binding do not meet",
      grants: [{ rules: [named(bind, "view"), named(update, "root")] }],
      held: "low cluster",
    },
    {
      name: "14: create and patch with the name of none make one",
      grants: [{ rules: [bind, named({ ...update, verbs: ["create", "patch"] }, "new")] }],
      held: "critical cluster",
    },
    {
      name: "34: made so for view alone",
      grants: [{ rules: [named(bind, "view"), named({ ...update, verbs: ["create", "patch"] }, "new")] }],
      held: "medium cluster",
    },
    {
      name: "12: without bind nothing is gained by it",
      grants: [{ rules: [named({ ...update, verbs: ["create", "patch"] }, "new")] }],
      held: undefined,
    },
    { name: "12: update without bind gives nothing new", grants: [{ rules: [update] }], held: undefined },
    {
      name: "33: bind on bindings means nothing",
      grants: [{ rules: [{ ...bind, resources: ["clusterrolebindings"] }, update] }],
      held: undefined,
    },
    { name: "through a role binding it is inert", grants: [{ rules: [bind, update], in: "shop" }], held: undefined },
    {
      name: "another API group means nothing",
      grants: [{ rules: [bind, { ...update, apiGroups: [""] }] }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(cluster(...grants))[ID]).toBe(held);
  });

  it("gives the roles of the bindings", () => {
    expect(reachedBy(cluster({ rules: [named(bind, "view"), update] }), ID)).toEqual(["role view *"]);
    expect(stateOf(cluster({ rules: [named(bind, "view"), named(update, "root")] }), ID)).toBe(
      "latent: no binding that it may change refers to a role that it may bind",
    );
  });

  it("27: a binding to a role that is gone gives none", () => {
    const parts = cluster({ rules: [bind, named(update, "dangling")] });
    const dangling = aBinding({ name: "dangling", role: "gone", subjects: [aUser("bob")] });
    expect(reachedBy({ ...parts, clusterRoleBindings: [...parts.clusterRoleBindings, dangling] }, ID)).toEqual([]);
  });
});
