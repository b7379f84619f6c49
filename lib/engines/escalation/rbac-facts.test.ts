import { describe, expect, it } from "vitest";
import { aBinding, aClusterRole, aGroup, anAccount, aServiceAccount, aUser, toRole } from "#lib/testing/build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "../rbac/index.ts";
import { rbacFacts } from "./rbac-facts.ts";

const factsOf = (parts: SnapshotParts) => rbacFacts(compileAccess(aSnapshot(parts)));
const subjects = [aUser("alice"), aGroup("team"), anAccount("shop", "gone"), anAccount("shop", "web")];

describe("bindings", () => {
  const parts = {
    clusterRoles: [aClusterRole("view")],
    clusterRoleBindings: [aBinding({ name: "c", role: "view", subjects }), aBinding({ name: "r", role: toRole("x") })],
    roleBindings: [
      aBinding({ name: "a", namespace: "shop", role: "lost" }),
      aBinding({ name: "b", namespace: "shop", role: toRole("lost") }),
      aBinding({ name: "k", namespace: "shop", role: { ...toRole("x"), kind: "Other" } }),
    ],
  };

  it("are told by place, without those that can never resolve", () => {
    const { bindingsIn, roleBindings } = factsOf(parts);
    expect(bindingsIn(null).map(({ name }) => name)).toEqual(["c"]);
    expect(bindingsIn("shop").map(({ name }) => name)).toEqual(["a", "b"]);
    expect(bindingsIn("other")).toEqual([]);
    expect(roleBindings.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("19: dangle by kind and name of their role", () => {
    expect(factsOf(parts).dangling.map(({ name, role }) => [name, role])).toEqual([
      ["a", { kind: "ClusterRole", name: "lost" }],
      ["b", { kind: "Role", name: "lost" }],
    ]);
  });

  it("do not dangle where roles could not be read", () => {
    const gaps = [{ resource: "roles", state: "forbidden" }] as const;
    expect(factsOf({ ...parts, gaps }).dangling.map(({ name }) => name)).toEqual(["a"]);
  });
});

it("knows accounts that are bound but do not exist", () => {
  const parts = {
    serviceAccounts: [aServiceAccount("shop", "web")],
    clusterRoles: [aClusterRole("view")],
    clusterRoleBindings: [
      aBinding({ name: "c", role: "view", subjects }),
      aBinding({ name: "u", role: "view", subjects: [aUser("system:serviceaccount:ops:named")] }),
      aBinding({ name: "d", role: "lost", subjects: [anAccount("shop", "nothing")] }),
    ],
  };
  expect([...factsOf(parts).missingAccounts]).toEqual([
    ["shop", ["gone"]],
    ["ops", ["named"]],
  ]);
  const gaps = [{ resource: "serviceaccounts", state: "forbidden" }] as const;
  expect(factsOf({ ...parts, gaps }).missingAccounts.size).toBe(0);
});

it("knows aggregated roles and groups", () => {
  const selector = { matchLabels: [], matchExpressions: [] };
  const facts = factsOf({
    clusterRoles: [aClusterRole("all", [], { aggregationSelectors: [selector] }), aClusterRole("view")],
    clusterRoleBindings: [aBinding({ role: "view", subjects })],
  });
  expect([...facts.aggregatedRoles]).toEqual(["all"]);
  expect(facts.groups).toEqual(["team"]);
});
