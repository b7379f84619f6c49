import { describe, expect, it } from "vitest";
import { gapName, gapReason } from "./gap-reason.ts";

describe("gapReason", () => {
  it.each([
    {
      name: "does not repeat the kind",
      gap: { resource: "nodes", sentence: "nodes: it is not part of the input" },
      reason: "it is not part of the input",
    },
    {
      name: "does not repeat the namespace",
      gap: { resource: "roles", namespace: "shop", sentence: "roles in shop: this credential may not list it" },
      reason: "this credential may not list it",
    },
    {
      name: "keeps a sentence of another form",
      gap: { resource: "roles", namespace: "shop", sentence: "Role a: b in shop, bound by c, could not be read" },
      reason: "Role a: b in shop, bound by c, could not be read",
    },
  ])("$name", ({ gap, reason }) => {
    expect(gapReason(gap)).toBe(reason);
  });
});

describe("gapName", () => {
  it("names the namespace where one list of several is missing", () => {
    expect(gapName({ resource: "roles", namespace: "shop" })).toBe("roles in shop");
    expect(gapName({ resource: "nodes" })).toBe("nodes");
  });
});
