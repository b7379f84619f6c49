import { describe, expect, it } from "vitest";
import type { AttackPathView, CutView, PathPlace, PathStep } from "#lib/contracts/paths.ts";
import {
  cutNote,
  extentText,
  goalText,
  inactiveSteps,
  isCutGrant,
  pathHops,
  placeText,
  routeOf,
} from "./path-words.ts";

const ACCOUNT: PathPlace = {
  type: "subject",
  label: "ServiceAccount",
  title: "ci/bot",
  subject: "ServiceAccount:ci/bot",
};
const CLUSTER: PathPlace = { type: "target", label: "Takes over", title: "the cluster" };
const BINDING = { group: "rbac.authorization.k8s.io", kind: "RoleBinding", namespace: "ci", name: "bot" };
const ROLE = { group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" };
const GRANT = { binding: BINDING, role: ROLE, ruleIndex: 2, through: { kind: "Group" as const, name: "team" } };

const STEP: PathStep = {
  id: "BIND_CLUSTER_ROLE",
  name: "bind cluster roles",
  action: "binds",
  from: ACCOUNT,
  to: CLUSTER,
  state: "active",
  reason: null,
  needs: [
    { request: "bind clusterroles", grant: GRANT, otherGrants: 0, reviews: [] },
    { request: "create clusterrolebindings", grant: GRANT, otherGrants: 0, reviews: [] },
  ],
  facts: [],
  gives: "",
  precondition: null,
  fix: "",
  technique: "",
  reference: "",
};
const PATH: AttackPathView = {
  from: ACCOUNT,
  to: CLUSTER,
  severity: "critical",
  sentence: "Binds",
  effort: 1,
  alike: 0,
  manyAlike: false,
  steps: [STEP],
};

function aCut(...changes: readonly Partial<CutView["changes"][number]>[]): CutView {
  return {
    changes: changes.map((change) => ({
      type: "binding",
      title: "",
      how: { language: "shell", text: "" },
      object: BINDING,
      ruleIndex: null,
      note: null,
      takesAway: { rules: [], ruleCount: 0, subjects: 0 },
      ...change,
    })),
    smallest: true,
    losing: { count: 0, subjects: [] },
  };
}

it.each([
  { name: "a target with its verb", place: CLUSTER, text: "Takes over the cluster", goal: "takes over the cluster" },
  { name: "a subject by its name", place: ACCOUNT, text: "ci/bot", goal: "acts as ci/bot" },
])("names $name", ({ place, text, goal }) => {
  expect(placeText(place)).toBe(text);
  expect(goalText(place)).toBe(goal);
  expect(routeOf({ ...PATH, steps: [{ ...STEP, to: place }] })).toEqual([{ place: text, by: "bind cluster roles" }]);
  expect(routeOf({ ...PATH, steps: [{ ...STEP, to: place, needs: [] }] })).toEqual([{ place: text, by: null }]);
});

it.each([
  { name: "one step", path: PATH, text: "1 step" },
  { name: "ways alike", path: { ...PATH, alike: 1 }, text: "1 step · 1 way alike" },
  {
    name: "a count that is a lower bound",
    path: { ...PATH, alike: 9999, manyAlike: true },
    text: "1 step · 9,999 or more ways alike",
  },
])("tells the extent: $name", ({ path, text }) => {
  expect(extentText(path)).toBe(text);
});

describe("the cut", () => {
  it.each([
    { name: "the binding itself", cut: aCut({}), is: true },
    { name: "another namespace", cut: aCut({ object: { ...BINDING, namespace: "shop" } }), is: false },
    { name: "the rule of the role", cut: aCut({ type: "rule", object: ROLE, ruleIndex: 2 }), is: true },
    { name: "another rule of the role", cut: aCut({ type: "rule", object: ROLE, ruleIndex: 1 }), is: false },
    { name: "a setting", cut: aCut({ type: "automount", object: null }), is: false },
    { name: "no cut", cut: null, is: false },
  ])("marks a grant: $name", ({ cut, is }) => {
    expect(isCutGrant(GRANT, cut)).toBe(is);
  });

  it.each([
    { name: "one", cut: aCut({}), note: "one change" },
    { name: "several", cut: aCut({}, {}), note: "2 changes together, the fewest that do" },
    {
      name: "several, not proven",
      cut: { ...aCut({}, {}), smallest: false },
      note: "2 changes together; whether fewer would do was not proven",
    },
  ])("says how many changes: $name", ({ cut, note }) => {
    expect(cutNote(cut)).toBe(note);
  });
});

describe("the proof chain", () => {
  it("leads from the subject by binding and right to the target, with the hop to change", () => {
    const hops = pathHops("c1", PATH, aCut({}));
    expect(hops?.map(({ label, title, tone }) => [label, title, tone])).toEqual([
      ["ServiceAccount", "ci/bot", "plain"],
      ["RoleBinding", "ci/bot", "cut"],
      ["May", "bind clusterroles", "plain"],
      ["Takes over", "the cluster", "target"],
    ]);
    expect(hops?.[0]?.href).toBe("/clusters/c1/access/ServiceAccount%3Aci%2Fbot");
    expect(hops?.[2]?.detail).toBe("and create clusterrolebindings");
  });

  it("loses nothing on a path that does not work, and says where it stops", () => {
    const blocked = { ...PATH, steps: [{ ...STEP, state: "blocked" as const, reason: "kept out" }] };
    expect(inactiveSteps(blocked)).toHaveLength(1);
    expect(pathHops("c1", blocked, null)?.at(-1)).toMatchObject({ tone: "plain", inactive: "blocked" });
  });

  it("is left out where it would not fit", () => {
    expect(pathHops("c1", { ...PATH, steps: Array.from({ length: 5 }, () => STEP) }, null)).toBeNull();
  });
});
