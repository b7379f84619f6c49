import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aRole, aUser, toRole } from "#lib/testing/build-rbac.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";

const ID = "ESCALATE_ROLE";
const RBAC = "rbac.authorization.k8s.io";
const escalate = { verbs: ["escalate"], apiGroups: [RBAC], resources: ["roles"] };
const update = { verbs: ["update"], apiGroups: [RBAC], resources: ["roles"] };
const named = (rule: object, ...resourceNames: string[]) => ({ ...rule, resourceNames });

/** With a Role `own` bound to alice in these namespaces. */
function withRole(parts: SnapshotParts, ...namespaces: readonly string[]): SnapshotParts {
  return {
    ...parts,
    roles: namespaces.map((namespace) => aRole(namespace, "own")),
    roleBindings: [
      ...(parts.roleBindings ?? []),
      ...namespaces.map((namespace) =>
        aBinding({ name: "own", namespace, role: toRole("own"), subjects: [aUser("alice")] }),
      ),
    ],
  };
}

describe("ESCALATE_ROLE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "both in a plain namespace",
      grants: [{ rules: [escalate, update], in: "payments" }],
      held: "high payments",
    },
    {
      name: "38: escalate everywhere and update in one namespace hold there",
      grants: [{ rules: [escalate] }, { rules: [update], in: "payments" }],
      held: "high payments",
    },
    {
      name: "37: escalate in one namespace and update in another are nothing",
      grants: [
        { rules: [escalate], in: "shop" },
        { rules: [update], in: "payments" },
      ],
      held: undefined,
    },
    {
      name: "both for the same name",
      grants: [{ rules: [named(escalate, "own"), named(update, "own")], in: "payments" }],
      held: "high payments",
    },
    {
      name: "39: halves for two names are nothing",
      grants: [{ rules: [named(escalate, "own"), named(update, "other")], in: "payments" }],
      held: undefined,
    },
    { name: "36: update alone is not", grants: [{ rules: [update], in: "payments" }], held: undefined },
    {
      name: "41: another role than the own gains nothing",
      grants: [{ rules: [named(escalate, "other"), named(update, "other")], in: "payments" }],
      held: "low payments",
    },
    {
      name: "escalate on cluster roles does not reach roles",
      grants: [{ rules: [{ ...escalate, resources: ["clusterroles"] }, update], in: "payments" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [escalate, { ...update, apiGroups: [""] }], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(withRole(aGrantedCluster(...grants), "payments"))[ID]).toBe(held);
  });

  it("is critical where an account of the namespace takes over the cluster", () => {
    const parts = aGrantedCluster({ rules: [escalate, update], in: "ops" });
    expect(heldBy(withRole(parts, "ops"))[ID]).toBe("critical ops");
  });

  it("everywhere, it reaches the namespaces where a role is bound to it", () => {
    const parts = withRole(aGrantedCluster({ rules: [escalate, update] }), "payments", "shop");
    expect(heldBy(parts)[ID]).toBe("high cluster");
    expect(reachedBy(parts, ID)).toEqual(["namespace-admin payments", "namespace-admin shop"]);
  });

  it("41: a cluster role of the same name is not the role", () => {
    const parts = aGrantedCluster({ rules: [escalate, update], in: "payments" });
    expect(stateOf(parts, ID)).toBe("latent: no role that it may rewrite is bound to it");
    expect(reachedBy(parts, ID)).toEqual([]);
  });
});
