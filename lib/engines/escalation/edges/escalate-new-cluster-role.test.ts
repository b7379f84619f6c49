import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, aGroup, aUser } from "#lib/testing/build-rbac.ts";

const ID = "ESCALATE_NEW_CLUSTER_ROLE";
const RBAC = "rbac.authorization.k8s.io";
const escalate = { verbs: ["escalate"], apiGroups: [RBAC], resources: ["clusterroles"] };
const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterroles"] };

describe("ESCALATE_NEW_CLUSTER_ROLE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "with no binding that waits it gains nothing",
      grants: [{ rules: [escalate, create] }],
      held: "low cluster",
    },
    { name: "halves of two bindings", grants: [{ rules: [escalate] }, { rules: [create] }], held: "low cluster" },
    {
      name: "40: escalate limited by name does not help, the request has none",
      grants: [{ rules: [{ ...escalate, resourceNames: ["x"] }, create] }],
      held: undefined,
    },
    {
      name: "40: nor do all of another name with patch",
      grants: [
        {
          rules: [{ ...escalate, resourceNames: ["x"] }, create, { ...create, verbs: ["patch"], resourceNames: ["y"] }],
        },
      ],
      held: undefined,
    },
    {
      name: "14: limited to one name they do with patch, by apply",
      grants: [{ rules: [{ ...create, verbs: ["escalate", "create", "patch"], resourceNames: ["x"] }] }],
      held: "low cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [escalate, { ...create, resourceNames: ["x"] }] }],
      held: undefined,
    },
    { name: "create alone is not", grants: [{ rules: [create] }], held: undefined },
    {
      name: "another API group means nothing",
      grants: [{ rules: [escalate, { ...create, apiGroups: [""] }] }],
      held: undefined,
    },
    {
      name: "through a role binding it is inert",
      grants: [{ rules: [escalate, create], in: "shop" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  const parts = aGrantedCluster({ rules: [escalate, create] });

  it("says what is missing", () => {
    expect(stateOf(parts, ID)).toBe("latent: no binding of it refers to a role that it could create");
  });

  it.each([
    { name: "a cluster-wide one", binding: { subjects: [aUser("alice")] }, reached: ["target cluster-admin"] },
    {
      name: "one of a group of it",
      binding: { subjects: [aGroup("system:authenticated")] },
      reached: ["target cluster-admin"],
    },
    {
      name: "one in a namespace",
      binding: { namespace: "shop", subjects: [aUser("alice")] },
      reached: ["namespace-admin shop"],
    },
    { name: "not one of somebody else", binding: { subjects: [aUser("bob")] }, reached: [] },
  ])("fills a binding whose role is gone: $name", ({ binding, reached }) => {
    const dangling = aBinding({ name: "dangling", role: "gone", ...binding });
    const list = "namespace" in binding ? "roleBindings" : "clusterRoleBindings";
    expect(reachedBy({ ...parts, [list]: [...(parts[list] ?? []), dangling] }, ID)).toEqual(reached);
  });

  it("is taken in by an aggregated role of the holder", () => {
    const selector = { matchLabels: [["to", "edit"]] as const, matchExpressions: [] };
    const binding = aBinding({ name: "e", namespace: "shop", role: "edit", subjects: [aUser("alice")] });
    const edit = aClusterRole("edit", [], { aggregationSelectors: [selector] });
    const more = { clusterRoles: [...(parts.clusterRoles ?? []), edit], roleBindings: [binding] };
    expect(reachedBy({ ...parts, ...more }, ID)).toEqual(["namespace-admin shop"]);
    expect(heldBy({ ...parts, ...more })[ID]).toBe("high cluster");
  });

  it("14: limited to names, it fills bindings to roles of these names", () => {
    const named = { ...create, verbs: ["escalate", "create", "patch"], resourceNames: ["gone"] };
    const waiting = (role: string) => {
      const limited = aGrantedCluster({ rules: [named] });
      const dangling = aBinding({ name: "d", role, subjects: [aUser("alice")] });
      return { ...limited, clusterRoleBindings: [...(limited.clusterRoleBindings ?? []), dangling] };
    };
    expect(reachedBy(waiting("gone"), ID)).toEqual(["target cluster-admin"]);
    expect(reachedBy(waiting("other"), ID)).toEqual([]);
  });
});
