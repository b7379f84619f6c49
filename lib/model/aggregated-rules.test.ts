import { describe, expect, it } from "vitest";
import { selectorMatches } from "./aggregated-rules.ts";
import type { Labels } from "./labels.ts";
import type { LabelSelector } from "./rbac.ts";

const EVERYTHING: LabelSelector = { matchLabels: [], matchExpressions: [] };

describe("label selectors", () => {
  const labels: Labels = [
    ["app", "web"],
    ["tier", "front"],
  ];
  const where = (operator: string, key: string, ...values: string[]): LabelSelector => ({
    matchLabels: [],
    matchExpressions: [{ key, operator, values }],
  });
  it.each([
    { name: "an empty one matches", selector: EVERYTHING, matches: true },
    {
      name: "a label with its value",
      selector: { ...EVERYTHING, matchLabels: [["app", "web"]] as const },
      matches: true,
    },
    {
      name: "a label with another value",
      selector: { ...EVERYTHING, matchLabels: [["app", "db"]] as const },
      matches: false,
    },
    {
      name: "all labels must fit",
      selector: {
        ...EVERYTHING,
        matchLabels: [
          ["app", "web"],
          ["tier", "back"],
        ] as const,
      },
      matches: false,
    },
    { name: "In", selector: where("In", "app", "db", "web"), matches: true },
    { name: "In without the value", selector: where("In", "app", "db"), matches: false },
    { name: "In without the label", selector: where("In", "zone", "a"), matches: false },
    { name: "NotIn with the value", selector: where("NotIn", "app", "web"), matches: false },
    { name: "NotIn without the label", selector: where("NotIn", "zone", "a"), matches: true },
    { name: "Exists", selector: where("Exists", "app"), matches: true },
    { name: "Exists without the label", selector: where("Exists", "zone"), matches: false },
    { name: "DoesNotExist", selector: where("DoesNotExist", "zone"), matches: true },
    { name: "DoesNotExist with the label", selector: where("DoesNotExist", "app"), matches: false },
    { name: "an unknown operator matches nothing", selector: where("Gt", "app", "1"), matches: false },
    {
      name: "labels and expressions must both fit",
      selector: { ...where("Exists", "zone"), matchLabels: [["app", "web"]] as const },
      matches: false,
    },
    { name: "a key such as __proto__ is a plain key", selector: where("Exists", "__proto__"), matches: false },
  ])("$name", ({ selector, matches }) => {
    expect(selectorMatches(selector, labels)).toBe(matches);
  });
});
