import { describe, expect, it } from "vitest";
import { scopeText, scopeTitle } from "./scope-text.ts";

describe("scopeText", () => {
  it.each([
    {
      name: "the cluster wins over namespaces",
      scope: { cluster: true, count: 2, namespaces: ["a", "b"] },
      text: "whole cluster",
    },
    { name: "one namespace is named", scope: { cluster: false, count: 1, namespaces: ["payments"] }, text: "payments" },
    { name: "three are named", scope: { cluster: false, count: 3, namespaces: ["a", "b", "c"] }, text: "a, b, c" },
    { name: "many are counted", scope: { cluster: false, count: 14, namespaces: ["a", "b"] }, text: "14 namespaces" },
    { name: "none is not silent", scope: { cluster: false, count: 0, namespaces: [] }, text: "nowhere" },
  ])("$name", ({ scope, text }) => {
    expect(scopeText(scope)).toBe(text);
  });
});

describe("scopeTitle", () => {
  it("says how many are not named", () => {
    expect(scopeTitle({ cluster: false, count: 14, namespaces: ["a", "b"] })).toBe("a, b and 12 more");
  });
});
