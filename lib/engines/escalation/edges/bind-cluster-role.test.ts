import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const RBAC = "rbac.authorization.k8s.io";
const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] };
const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterrolebindings"] };

describe("BIND_CLUSTER_ROLE", () => {
  it("takes cluster-admin for given where the objects do not contain it", () => {
    const named = { ...bind, resourceNames: ["cluster-admin"] };
    for (const rule of [bind, named]) {
      const { clusterRoles = [], clusterRoleBindings = [], ...parts } = aGrantedCluster({ rules: [rule, create] });
      const manifests = {
        ...parts,
        clusterRoles: clusterRoles.filter(({ metadata }) => metadata.name !== "cluster-admin"),
        clusterRoleBindings: clusterRoleBindings.filter(({ metadata }) => metadata.name !== "root"),
      };
      expect(heldBy(manifests).BIND_CLUSTER_ROLE).toBe("critical cluster");
    }
  });

  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "bind and create together take over the cluster",
      grants: [{ rules: [bind, create] }],
      held: "critical cluster",
    },
    {
      name: "halves of two bindings are enough",
      grants: [{ rules: [bind] }, { rules: [create] }],
      held: "critical cluster",
    },
    {
      name: "bind of cluster-admin by name is enough",
      grants: [{ rules: [{ ...bind, resourceNames: ["cluster-admin"] }, create] }],
      held: "critical cluster",
    },
    {
      name: "34: bind of a harmless role by name gives what that role gives",
      grants: [{ rules: [{ ...bind, resourceNames: ["view"] }, create] }],
      held: "low cluster",
    },
    { name: "bind alone is not", grants: [{ rules: [bind] }], held: undefined },
    {
      name: "create alone is not: the API server refuses roles beyond one's own",
      grants: [{ rules: [create] }],
      held: undefined,
    },
    {
      name: "33: bind on bindings means nothing",
      grants: [{ rules: [{ ...bind, resources: ["clusterrolebindings"] }, create] }],
      held: undefined,
    },
    {
      name: "bind on roles does not reach cluster roles",
      grants: [{ rules: [{ ...bind, resources: ["roles"] }, create] }],
      held: undefined,
    },
    {
      name: "bind in the core group means nothing",
      grants: [{ rules: [{ ...bind, apiGroups: [""] }, create] }],
      held: undefined,
    },
    {
      name: "create limited by name is inert",
      grants: [{ rules: [bind, { ...create, resourceNames: ["x"] }] }],
      held: undefined,
    },
    {
      name: "through role bindings both are inert",
      grants: [{ rules: [bind, create], in: "payments" }],
      held: undefined,
    },
    {
      name: "bind in one namespace and create everywhere is not",
      grants: [{ rules: [bind], in: "payments" }, { rules: [create] }],
      held: undefined,
    },
    {
      name: "update of bindings is another way, not this one",
      grants: [{ rules: [bind, { ...create, verbs: ["update"] }] }],
      held: undefined,
    },
    {
      name: "verb * counts for both",
      grants: [{ rules: [{ verbs: ["*"], apiGroups: [RBAC], resources: ["*"] }] }],
      held: "critical cluster",
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [bind, create], byDefault: true }],
      held: "critical cluster expected",
    },
    {
      name: "a default half and a custom half are not",
      grants: [{ rules: [bind], byDefault: true }, { rules: [create] }],
      held: "critical cluster",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).BIND_CLUSTER_ROLE).toBe(held);
  });

  it("leaves out binding in namespaces, which it implies", () => {
    const rules = [bind, create, { ...create, resources: ["rolebindings"] }];
    expect(heldBy(aGrantedCluster({ rules }))).toEqual({ BIND_CLUSTER_ROLE: "critical cluster" });
  });

  it("given by default, it hides nothing that only a person's grant completes", () => {
    const given = { rules: [bind, create], byDefault: true };
    const custom = { rules: [{ ...create, resources: ["rolebindings"] }], in: "payments" };
    expect(heldBy(aGrantedCluster(given, custom))).toEqual({
      BIND_CLUSTER_ROLE: "critical cluster expected",
      BIND_CLUSTER_ROLE_IN_NAMESPACE: "high payments",
    });
  });
});
