import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, aUser } from "#lib/testing/build-rbac.ts";

const ID = "ESCALATE_CLUSTER_ROLE";
const RBAC = "rbac.authorization.k8s.io";
const escalate = { verbs: ["escalate"], apiGroups: [RBAC], resources: ["clusterroles"] };
const update = { verbs: ["update"], apiGroups: [RBAC], resources: ["clusterroles"] };
const named = (rule: object, ...resourceNames: string[]) => ({ ...rule, resourceNames });

describe("ESCALATE_CLUSTER_ROLE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "both halves rewrite the own role", grants: [{ rules: [escalate, update] }], held: "critical cluster" },
    {
      name: "patch is as good as update",
      grants: [{ rules: [escalate, { ...update, verbs: ["patch"] }] }],
      held: "critical cluster",
    },
    {
      name: "halves of two bindings are enough",
      grants: [{ rules: [escalate] }, { rules: [update] }],
      held: "critical cluster",
    },
    {
      name: "both limited to the own role",
      grants: [{ rules: [named(escalate, "role-0"), named(update, "role-0")] }],
      held: "critical cluster",
    },
    {
      name: "escalate of all and update of the own role",
      grants: [{ rules: [escalate, named(update, "role-0")] }],
      held: "critical cluster",
    },
    { name: "escalate alone is not", grants: [{ rules: [escalate] }], held: undefined },
    { name: "36: update alone is not", grants: [{ rules: [update] }], held: undefined },
    {
      name: "39: halves for two names are nothing",
      grants: [{ rules: [named(escalate, "role-0"), named(update, "role-1")] }],
      held: undefined,
    },
    {
      name: "40: create is not update",
      grants: [{ rules: [named(escalate, "role-0"), { ...update, verbs: ["create"] }] }],
      held: undefined,
    },
    {
      name: "41: rewriting roles that are not bound to it gains nothing",
      grants: [{ rules: [named(escalate, "view"), named(update, "view")] }],
      held: "low cluster",
    },
    {
      name: "escalate on roles does not reach cluster roles",
      grants: [{ rules: [{ ...escalate, resources: ["roles"] }, update] }],
      held: undefined,
    },
    {
      name: "escalate in the core group means nothing",
      grants: [{ rules: [{ ...escalate, apiGroups: [""] }, update] }],
      held: undefined,
    },
    {
      name: "through a role binding it is inert",
      grants: [{ rules: [escalate, update], in: "shop" }],
      held: undefined,
    },
    {
      name: "37: one half in a namespace is not enough",
      grants: [{ rules: [escalate], in: "shop" }, { rules: [update] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [escalate, update], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  const ofView = aGrantedCluster({ rules: [named(escalate, "view"), named(update, "view")] });

  it("says what is missing where no such role is bound", () => {
    expect(stateOf(ofView, ID)).toBe("latent: no role that it may rewrite is bound to it");
    expect(reachedBy(ofView, ID)).toEqual([]);
  });

  it("gives the namespaces where the role is bound by role bindings", () => {
    const binding = aBinding({ name: "v", namespace: "shop", role: "view", subjects: [aUser("alice")] });
    const parts = {
      ...ofView,
      clusterRoles: [...(ofView.clusterRoles ?? []), aClusterRole("view")],
      roleBindings: [...(ofView.roleBindings ?? []), binding],
    };
    expect(reachedBy(parts, ID)).toEqual(["namespace-admin shop"]);
    expect(heldBy(parts)[ID]).toBe("high cluster");
  });

  it("reaches an aggregated role of the holder through the label of any other", () => {
    const selector = { matchLabels: [["to", "edit"]] as const, matchExpressions: [] };
    const binding = aBinding({ name: "e", namespace: "shop", role: "edit", subjects: [aUser("alice")] });
    const parts = (selectors: readonly (typeof selector)[]) => ({
      ...ofView,
      clusterRoles: [...(ofView.clusterRoles ?? []), aClusterRole("edit", [], { aggregationSelectors: selectors })],
      roleBindings: [...(ofView.roleBindings ?? []), binding],
    });
    expect(reachedBy(parts([selector]), ID)).toEqual(["namespace-admin shop"]);
    expect(reachedBy(parts([]), ID)).toEqual([]);
  });

  it("counts a role that is bound to it by the role alone, as for whoever binds the role", () => {
    const manager = aClusterRole("manager", [
      { ...escalate, verbs: ["escalate", "update"], resourceNames: [], nonResourceURLs: [] },
    ]);
    const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"], resourceNames: ["manager"] };
    const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterrolebindings"] };
    const parts = aGrantedCluster({ rules: [bind, create] });
    expect(heldBy({ ...parts, clusterRoles: [...(parts.clusterRoles ?? []), manager] }).BIND_CLUSTER_ROLE).toBe(
      "critical cluster",
    );
  });
});
