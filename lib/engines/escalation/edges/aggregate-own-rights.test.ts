import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aClusterRole } from "#lib/testing/build-rbac.ts";

const ID = "AGGREGATE_OWN_RIGHTS";
const RBAC = "rbac.authorization.k8s.io";
const write = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterroles"] };
const selector = { matchLabels: [["to", "edit"]] as const, matchExpressions: [] };

const cluster = (selectors: readonly (typeof selector)[], ...grants: readonly GivenGrant[]) => {
  const parts = aGrantedCluster(...grants);
  const edit = aClusterRole("edit", [], { aggregationSelectors: selectors });
  return { ...parts, clusterRoles: [...(parts.clusterRoles ?? []), edit] };
};

describe("AGGREGATE_OWN_RIGHTS", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "create", grants: [{ rules: [write] }], held: "low cluster" },
    {
      name: "patch of a named role",
      grants: [{ rules: [{ ...write, verbs: ["patch"], resourceNames: ["x"] }] }],
      held: "low cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...write, resourceNames: ["x"] }] }],
      held: undefined,
    },
    { name: "roles are not gathered", grants: [{ rules: [{ ...write, resources: ["roles"] }] }], held: undefined },
    { name: "another API group means nothing", grants: [{ rules: [{ ...write, apiGroups: [""] }] }], held: undefined },
    { name: "through a role binding it is inert", grants: [{ rules: [write], in: "shop" }], held: undefined },
    {
      name: "with escalate it is more",
      grants: [{ rules: [{ ...write, verbs: ["update", "escalate"] }] }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(cluster([selector], ...grants))[ID]).toBe(held);
  });

  it("needs a role that gathers others", () => {
    expect(heldBy(aGrantedCluster({ rules: [write] }))[ID]).toBeUndefined();
    expect(heldBy(cluster([], { rules: [write] }))[ID]).toBeUndefined();
  });
});
