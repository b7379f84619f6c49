import { describe, expect, it } from "vitest";
import type { LabelSelector, PolicyRule } from "#lib/model/rbac.ts";
import type { Labels } from "#lib/model/labels.ts";
import { aBinding, aClusterRole, aRule, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { aggregationOf } from "./aggregation.ts";
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
