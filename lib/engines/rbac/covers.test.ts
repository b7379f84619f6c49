import { describe, expect, it } from "vitest";
import { seededRandom } from "#e2e/support/random.ts";
import type { PolicyRule } from "#lib/model/rbac.ts";
import { aRule } from "#lib/testing/build-rbac.ts";
import { covers } from "./covers.ts";

describe("one right after the other", () => {
  it.each([
    { name: "the same rule is covered", owner: aRule(), target: aRule(), covered: true },
    { name: "nothing is covered by nothing", owner: null, target: null, covered: true },
    { name: "something is not covered by nothing", owner: null, target: aRule(), covered: false },
    { name: "another verb is not", owner: aRule(), target: aRule({ verbs: ["list"] }), covered: false },
    {
      name: "verb * covers every verb",
      owner: aRule({ verbs: ["*"] }),
      target: aRule({ verbs: ["bind"] }),
      covered: true,
    },
    {
      name: "43: all verbs listed do not cover *",
      owner: aRule({ verbs: ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"] }),
      target: aRule({ verbs: ["*"] }),
      covered: false,
    },
    { name: "verb * covers itself", owner: aRule({ verbs: ["*"] }), target: aRule({ verbs: ["*"] }), covered: true },
    {
      name: "group * needs *",
      owner: aRule({ apiGroups: ["", "apps"] }),
      target: aRule({ apiGroups: ["*"] }),
      covered: false,
    },
    { name: "group * covers core", owner: aRule({ apiGroups: ["*"] }), target: aRule(), covered: true },
    {
      name: "resource * needs *",
      owner: aRule({ resources: ["pods", "*/log"] }),
      target: aRule({ resources: ["*"] }),
      covered: false,
    },
    {
      name: "resource * covers subresources",
      owner: aRule({ resources: ["*"] }),
      target: aRule({ resources: ["pods/log"] }),
      covered: true,
    },
    {
      name: "*/log covers pods/log",
      owner: aRule({ resources: ["*/log"] }),
      target: aRule({ resources: ["pods/log"] }),
      covered: true,
    },
    {
      name: "*/log covers */log",
      owner: aRule({ resources: ["*/log"] }),
      target: aRule({ resources: ["*/log"] }),
      covered: true,
    },
    { name: "*/log does not cover pods", owner: aRule({ resources: ["*/log"] }), target: aRule(), covered: false },
    {
      name: "pods does not cover pods/log",
      owner: aRule(),
      target: aRule({ resources: ["pods/log"] }),
      covered: false,
    },
    {
      name: "pods/log does not cover */log",
      owner: aRule({ resources: ["pods/log"] }),
      target: aRule({ resources: ["*/log"] }),
      covered: false,
    },
    {
      name: "*/* covers pods/*",
      owner: aRule({ resources: ["*/*"] }),
      target: aRule({ resources: ["pods/*"] }),
      covered: true,
    },
    {
      name: "*/* does not cover pods/log",
      owner: aRule({ resources: ["*/*"] }),
      target: aRule({ resources: ["pods/log"] }),
      covered: false,
    },
    { name: "no names cover a name", owner: aRule(), target: aRule({ resourceNames: ["a"] }), covered: true },
    {
      name: "a name never covers the unnamed right",
      owner: aRule({ resourceNames: ["a"] }),
      target: aRule(),
      covered: false,
    },
    {
      name: "names cover those names",
      owner: aRule({ resourceNames: ["a", "b"] }),
      target: aRule({ resourceNames: ["b"] }),
      covered: true,
    },
    {
      name: "names cover no other",
      owner: aRule({ resourceNames: ["a"] }),
      target: aRule({ resourceNames: ["a", "b"] }),
      covered: false,
    },
    {
      name: "the name * is a name",
      owner: aRule({ resourceNames: ["*"] }),
      target: aRule({ resourceNames: ["a"] }),
      covered: false,
    },
    { name: "the empty name is a name", owner: aRule({ resourceNames: [""] }), target: aRule(), covered: false },
    { name: "an empty list holds no right", owner: null, target: aRule({ verbs: [] }), covered: true },
    {
      name: "a URL covers itself",
      owner: aRule({ nonResourceURLs: ["/a"] }),
      target: aRule({ nonResourceURLs: ["/a"] }),
      covered: true,
    },
    {
      name: "/a* covers /ab",
      owner: aRule({ nonResourceURLs: ["/a*"] }),
      target: aRule({ nonResourceURLs: ["/ab"] }),
      covered: true,
    },
    {
      name: "/a* covers /ab*",
      owner: aRule({ nonResourceURLs: ["/a*"] }),
      target: aRule({ nonResourceURLs: ["/ab*"] }),
      covered: true,
    },
    {
      name: "/a/* does not cover /a",
      owner: aRule({ nonResourceURLs: ["/a/*"] }),
      target: aRule({ nonResourceURLs: ["/a"] }),
      covered: false,
    },
    {
      name: "/a does not cover /a*",
      owner: aRule({ nonResourceURLs: ["/a"] }),
      target: aRule({ nonResourceURLs: ["/a*"] }),
      covered: false,
    },
    {
      name: "* covers every URL",
      owner: aRule({ nonResourceURLs: ["*"] }),
      target: aRule({ nonResourceURLs: ["/x", "*"] }),
      covered: true,
    },
    {
      name: "resource * covers no URL",
      owner: aRule({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }),
      target: aRule({ nonResourceURLs: ["/a"] }),
      covered: false,
    },
  ])("$name", ({ owner, target, covered }) => {
    expect(covers(owner ? [owner] : [], target ? [target] : []).covered).toBe(covered);
  });
});

describe("several rules", () => {
  it("different rules may cover different rights", () => {
    const owners = [aRule({ verbs: ["get"] }), aRule({ verbs: ["list"], resources: ["*"] })];
    expect(covers(owners, [aRule({ verbs: ["get", "list"] })])).toEqual({ covered: true, missing: [] });
  });

  it("one right is never put together from two rules", () => {
    const owners = [aRule({ verbs: ["list"] }), aRule({ apiGroups: ["apps"] })];
    expect(covers(owners, [aRule({ verbs: ["list"], apiGroups: ["apps"] })]).covered).toBe(false);
  });

  it("tells what is missing in few rules, each once, in the order of the target", () => {
    const target = aRule({ verbs: ["get", "list", "watch"], apiGroups: ["", "apps"], resources: ["pods", "secrets"] });
    expect(covers([aRule({ verbs: ["list"], apiGroups: ["*"], resources: ["*"] })], [target, target]).missing).toEqual([
      { ...target, verbs: ["get", "watch"] },
    ]);
    expect(covers([aRule({ verbs: ["*"] })], [target]).missing).toEqual([
      { ...target, apiGroups: [""], resources: ["secrets"] },
      { ...target, apiGroups: ["apps"] },
    ]);
  });

  it("never takes a large product apart that one rule gives, or nobody", () => {
    const many = (prefix: string) => Array.from({ length: 300 }, (_, index) => `${prefix}${index}`);
    const large = aRule({ verbs: many("v"), apiGroups: many("g"), resources: many("r"), resourceNames: many("n") });
    const all = aRule({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] });
    const others = many("x").map((verb) => aRule({ verbs: [verb] }));
    expect(covers([...others, all], [large]).covered).toBe(true);
    expect(covers(others, [large]).missing).toEqual([large]);
    expect(covers([{ ...all, verbs: many("v").slice(1) }], [large]).missing).toEqual([{ ...large, verbs: ["v0"] }]);
  });
});

/** Every single right of a rule, as upstream takes them apart. */
function takeApart(rule: PolicyRule): readonly PolicyRule[] {
  const names = rule.resourceNames.length === 0 ? [[]] : rule.resourceNames.map((name) => [name]);
  const resources = rule.apiGroups.flatMap((group) =>
    rule.resources.flatMap((resource) =>
      rule.verbs.flatMap((verb) =>
        names.map((resourceNames) =>
          aRule({ verbs: [verb], apiGroups: [group], resources: [resource], resourceNames }),
        ),
      ),
    ),
  );
  const urls = rule.nonResourceURLs.flatMap((url) =>
    rule.verbs.map((verb) => aRule({ verbs: [verb], nonResourceURLs: [url] })),
  );
  return [...resources, ...urls];
}

const holds = (list: readonly string[], entries: readonly string[]) =>
  list.includes("*") || entries.every((entry) => list.includes(entry));

function coversOne(owner: PolicyRule, one: PolicyRule): boolean {
  const resource = one.resources.every(
    (entry) =>
      holds(owner.resources, [entry]) ||
      (entry.includes("/") && owner.resources.includes(`*${entry.slice(entry.indexOf("/"))}`)),
  );
  const url = one.nonResourceURLs.every((path) =>
    owner.nonResourceURLs.some(
      (own) => own === path || (own.endsWith("*") && path.startsWith(own.replace(/\*+$/, ""))),
    ),
  );
  const name =
    owner.resourceNames.length === 0 ||
    (one.resourceNames.length > 0 && one.resourceNames.every((entry) => owner.resourceNames.includes(entry)));
  return holds(owner.verbs, one.verbs) && holds(owner.apiGroups, one.apiGroups) && resource && url && name;
}

it("says of 3,000 generated pairs what taking every right apart says, and misses exactly the same rights", () => {
  const random = seededRandom(43);
  const anyRule = (): PolicyRule => ({
    verbs: random.some(["get", "list", "bind", "*"], 0, 3),
    apiGroups: random.some(["", "apps", "*"], 0, 2),
    resources: random.some(["pods", "pods/log", "*/log", "*", "pods/*", "*/*"], 0, 3),
    resourceNames: random.chance(0.5) ? [] : random.some(["a", "b", "*", ""], 1, 3),
    nonResourceURLs: random.chance(0.7) ? [] : random.some(["/a", "/a*", "/a/*", "*", "/a/b"], 1, 2),
  });
  const anyRules = () => Array.from({ length: random.pick([0, 1, 2, 3, 4]) }, anyRule);
  for (let round = 0; round < 3_000; round++) {
    const [owners, targets] = [anyRules(), anyRules()];
    const missing = targets.flatMap(takeApart).filter((one) => !owners.some((owner) => coversOne(owner, one)));
    const answer = covers(owners, targets);
    const keys = (rules: readonly PolicyRule[]) => [...new Set(rules.map((rule) => JSON.stringify(rule)))].sort();
    expect(keys(answer.missing.flatMap(takeApart)), JSON.stringify({ owners, targets })).toEqual(keys(missing));
    expect(answer.covered).toBe(missing.length === 0);
  }
});
