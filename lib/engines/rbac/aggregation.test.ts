import { describe, expect, it } from "vitest";
import type { LabelSelector, PolicyRule } from "#lib/model/rbac.ts";
import type { Labels } from "#lib/model/labels.ts";
import { aBinding, aClusterRole, aRule, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { aggregationOf, selectorMatches } from "./aggregation.ts";
import { compileAccess } from "./compile-access.ts";
import { decideAccess } from "./decide-access.ts";

const getPods = aRule();
const listPods = aRule({ verbs: ["list"] });
const toView: Labels = [["aggregate-to-view", "true"]];
const EVERYTHING: LabelSelector = { matchLabels: [], matchExpressions: [] };
const byLabel: LabelSelector = { matchLabels: toView, matchExpressions: [] };

/** A role that aggregates by `selectors` and stores `rules`, among the sources `a` (labelled), `b` (labelled) and `c` (not). */
function aggregated(rules: readonly PolicyRule[], selectors: readonly LabelSelector[]) {
  const role = aClusterRole("view", rules, { aggregationSelectors: selectors, labels: toView });
  const all = [
    role,
    aClusterRole("b", [getPods, listPods], { labels: toView }),
    aClusterRole("a", [getPods], { labels: toView }),
    aClusterRole("c", [aRule({ verbs: ["delete"] })]),
  ];
  return aggregationOf(role, all);
}

describe("provenance", () => {
  it.each([
    {
      name: "each stored rule names its sources in order",
      rules: [getPods, listPods],
      selectors: [byLabel],
      sources: [["a", "b"], ["b"]],
      drift: false,
    },
    {
      name: "the order of stored rules is no drift",
      rules: [listPods, getPods],
      selectors: [byLabel],
      sources: [["b"], ["a", "b"]],
      drift: false,
    },
    {
      name: "53: a stored rule that no source has is drift",
      rules: [getPods, listPods, aRule({ verbs: ["watch"] })],
      selectors: [byLabel],
      sources: [["a", "b"], ["b"], []],
      drift: true,
    },
    {
      name: "53: a rule of a source that is not stored is drift",
      rules: [getPods],
      selectors: [byLabel],
      sources: [["a", "b"]],
      drift: true,
    },
    {
      name: "52: an empty selector takes every other role",
      rules: [getPods, listPods, aRule({ verbs: ["delete"] })],
      selectors: [EVERYTHING],
      sources: [["a", "b"], ["b"], ["c"]],
      drift: false,
    },
    {
      name: "the role itself is no source, even where a selector picks it",
      rules: [aRule({ verbs: ["watch"] })],
      selectors: [EVERYTHING],
      sources: [[]],
      drift: true,
    },
    { name: "no selector takes nothing", rules: [], selectors: [], sources: [], drift: false },
  ])("$name", ({ rules, selectors, sources, drift }) => {
    expect(aggregated(rules, selectors)).toEqual({ sourcesOfRule: sources, drift });
  });

  it("a role without aggregation rule has none", () => {
    expect(aggregationOf(aClusterRole("plain"), [])).toBeNull();
  });

  it("53: only the stored rules decide", () => {
    const paused = aClusterRole("view", [], { aggregationSelectors: [byLabel] });
    const model = compileAccess(
      aSnapshot({
        clusterRoles: [paused, aClusterRole("a", [getPods], { labels: toView })],
        clusterRoleBindings: [aBinding({ role: "view", subjects: [aUser("alice")] })],
      }),
    );
    const request = { verb: "get", apiGroup: "", resource: "pods", subresource: "", namespace: "", name: "" };
    expect(decideAccess(model, { user: "alice", groups: [] }, request).verdict).toBe("denied");
  });
});

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
