import { describe, expect, it } from "vitest";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { accessGapView, completenessOf, gapView } from "./completeness.ts";

const needed = KIND_DEFINITIONS.filter(({ topics }) => topics.includes("access")).length;

it("counts every kind of a topic that was read", () => {
  expect(completenessOf(aSnapshot().coverage, "access")).toEqual({ kindsRead: needed, kindsNeeded: needed, gaps: [] });
});

it("a kind that is forbidden in one namespace is not read, and says where and why", () => {
  const gaps = [
    { resource: "rolebindings", namespace: "shop", state: "forbidden" as const, reason: "forbidden" as const },
  ];
  const { kindsRead, gaps: views } = completenessOf(aSnapshot({ gaps }).coverage, "access");
  expect(kindsRead).toBe(needed - 1);
  expect(views.map(({ sentence }) => sentence)).toEqual(["rolebindings in shop: this credential may not list it"]);
});

it("a gap of another topic does not count", () => {
  const { coverage } = aSnapshot({ gaps: [{ resource: "ingresses", state: "forbidden" }] });
  expect(completenessOf(coverage, "access").gaps).toEqual([]);
  expect(completenessOf(coverage).gaps).toHaveLength(1);
});

it("nothing read is no complete topic", () => {
  const { kindsRead, gaps } = completenessOf([], "access");
  expect(kindsRead).toBe(0);
  expect(gaps).toHaveLength(needed);
});

it("a kind that the cluster does not serve counts as read", () => {
  const coverage = aSnapshot().coverage.map((entry) =>
    entry.resource === "roles" ? { ...entry, state: "absent" as const } : entry,
  );
  expect(completenessOf(coverage, "access").kindsRead).toBe(needed);
});

describe("sentences", () => {
  it("fall back to the state where there is no reason", () => {
    expect(gapView({ group: "", resource: "pods", state: "stale" }).sentence).toBe("pods: stale");
  });
  it("name an unreadable role with its binding", () => {
    const view = accessGapView({
      type: "role-unreadable",
      binding: { group: "g", kind: "RoleBinding", namespace: "shop", name: "b" },
      role: { group: "g", kind: "Role", namespace: "shop", name: "r" },
    });
    expect(view).toEqual({
      group: "g",
      resource: "roles",
      namespace: "shop",
      state: "unavailable",
      sentence: "Role r in shop, bound by b, could not be read",
    });
  });
});
