import { describe, expect, it } from "vitest";
import { aRule } from "#lib/testing/build-rbac.ts";
import type { ResourceRequest } from "#lib/model/access.ts";
import type { PolicyRule } from "#lib/model/rbac.ts";
import { ruleAllows } from "./match-rule.ts";
import { RuleIndex } from "./rule-index.ts";

const getPods: ResourceRequest = {
  verb: "get",
  apiGroup: "",
  resource: "pods",
  subresource: "",
  namespace: "payments",
  name: "",
};

/** The definition and the index must agree on every row. */
function expectBoth(rule: PolicyRule, request: Parameters<typeof ruleAllows>[1], allowed: boolean): void {
  expect(ruleAllows(rule, request)).toBe(allowed);
  expect(new RuleIndex([rule]).matching(request).has(0)).toBe(allowed);
}

describe("resource requests", () => {
  it.each([
    { name: "equal strings match", rule: {}, request: {}, allowed: true },
    { name: "another verb does not", rule: {}, request: { verb: "list" }, allowed: false },
    { name: "verb * matches a common verb", rule: { verbs: ["*"] }, request: { verb: "delete" }, allowed: true },
    { name: "verb * matches a special verb", rule: { verbs: ["*"] }, request: { verb: "escalate" }, allowed: true },
    {
      name: "verb * matches a prefixed verb",
      rule: { verbs: ["*"] },
      request: { verb: "impersonate:user-info" },
      allowed: true,
    },
    { name: "verb get* is inert", rule: { verbs: ["get*"] }, request: {}, allowed: false },
    { name: "verbs are case-sensitive", rule: { verbs: ["GET"] }, request: {}, allowed: false },
    { name: "no verb matches nothing", rule: { verbs: [] }, request: {}, allowed: false },
    { name: "group * matches a named group", rule: { apiGroups: ["*"] }, request: { apiGroup: "apps" }, allowed: true },
    { name: "group * matches core", rule: { apiGroups: ["*"] }, request: {}, allowed: true },
    { name: "the core group does not match a named one", rule: {}, request: { apiGroup: "apps" }, allowed: false },
    {
      name: "group *.example.com is literal",
      rule: { apiGroups: ["*.example.com"] },
      request: { apiGroup: "a.example.com" },
      allowed: false,
    },
    {
      name: "resource * matches a resource",
      rule: { resources: ["*"] },
      request: { resource: "secrets" },
      allowed: true,
    },
    {
      name: "resource * matches a subresource",
      rule: { resources: ["*"] },
      request: { subresource: "exec" },
      allowed: true,
    },
    {
      name: "resource * does not cross groups",
      rule: { resources: ["*"] },
      request: { apiGroup: "apps" },
      allowed: false,
    },
    {
      name: "*/exec matches exec of any parent",
      rule: { resources: ["*/exec"] },
      request: { subresource: "exec" },
      allowed: true,
    },
    {
      name: "*/exec does not match another subresource",
      rule: { resources: ["*/exec"] },
      request: { subresource: "log" },
      allowed: false,
    },
    { name: "*/exec does not match the parent", rule: { resources: ["*/exec"] }, request: {}, allowed: false },
    {
      name: "*/scale does not match a longer name",
      rule: { resources: ["*/scale"] },
      request: { subresource: "autoscale" },
      allowed: false,
    },
    {
      name: "pods/exec matches itself",
      rule: { resources: ["pods/exec"] },
      request: { subresource: "exec" },
      allowed: true,
    },
    { name: "pods/exec does not match pods", rule: { resources: ["pods/exec"] }, request: {}, allowed: false },
    {
      name: "pods/* does not match exec",
      rule: { resources: ["pods/*"] },
      request: { subresource: "exec" },
      allowed: false,
    },
    {
      name: "*/* matches no subresource",
      rule: { resources: ["*/*"] },
      request: { subresource: "exec" },
      allowed: false,
    },
    { name: "po* is literal", rule: { resources: ["po*"] }, request: {}, allowed: false },
    { name: "a singular name is inert", rule: { resources: ["pod"] }, request: {}, allowed: false },
    { name: "no resource matches nothing", rule: { resources: [] }, request: {}, allowed: false },
    { name: "a listed name matches", rule: { resourceNames: ["web"] }, request: { name: "web" }, allowed: true },
    { name: "an unlisted name does not", rule: { resourceNames: ["web"] }, request: { name: "web2" }, allowed: false },
    {
      name: "a listed name does not match an unnamed request",
      rule: { resourceNames: ["web"] },
      request: {},
      allowed: false,
    },
    { name: "name * is the literal name *", rule: { resourceNames: ["*"] }, request: { name: "*" }, allowed: true },
    {
      name: "name * does not match other names",
      rule: { resourceNames: ["*"] },
      request: { name: "web" },
      allowed: false,
    },
    {
      name: "names of object members are plain names",
      rule: { resources: ["constructor", "__proto__"] },
      request: { resource: "__proto__" },
      allowed: true,
    },
    {
      name: "names of object members match nothing by themselves",
      rule: {},
      request: { resource: "__proto__" },
      allowed: false,
    },
    {
      name: "a rule for URLs matches no resource",
      rule: { apiGroups: [], resources: [], nonResourceURLs: ["*"] },
      request: {},
      allowed: false,
    },
  ])("$name", ({ rule, request, allowed }) => {
    expectBoth(aRule(rule), { ...getPods, ...request }, allowed);
  });
});

describe("non-resource requests", () => {
  it.each([
    { name: "an exact path matches", url: "/metrics", path: "/metrics", allowed: true },
    { name: "a path below it does not", url: "/metrics", path: "/metrics/slis", allowed: false },
    { name: "* matches every path", url: "*", path: "/logs/kubelet.log", allowed: true },
    { name: "/* matches every path", url: "/*", path: "/logs", allowed: true },
    { name: "/logs/* matches below", url: "/logs/*", path: "/logs/kubelet.log", allowed: true },
    { name: "/logs/* does not match /logs", url: "/logs/*", path: "/logs", allowed: false },
    { name: "/log* matches a longer word", url: "/log*", path: "/logs", allowed: true },
    { name: "several trailing stars are one", url: "/log***", path: "/logs", allowed: true },
    { name: "a star inside is literal", url: "/a*/b", path: "/ax/b", allowed: false },
    { name: "paths are case-sensitive", url: "/Metrics", path: "/metrics", allowed: false },
  ])("$name", ({ url, path, allowed }) => {
    expectBoth(aRule({ nonResourceURLs: [url] }), { verb: "get", path }, allowed);
  });

  it.each([
    { name: "verb * matches", verbs: ["*"], allowed: true },
    { name: "another verb does not", verbs: ["post"], allowed: false },
  ])("$name", ({ verbs, allowed }) => {
    expectBoth(aRule({ verbs, nonResourceURLs: ["*"] }), { verb: "get", path: "/metrics" }, allowed);
  });

  it("resource rules match no path", () => {
    expectBoth(aRule({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }), { verb: "get", path: "/metrics" }, false);
  });
});
