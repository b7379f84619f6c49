import { describe, expect, it } from "vitest";
import type { AccessRequest } from "#lib/model/access.ts";
import type { PolicyRule } from "#lib/model/rbac.ts";
import type { UsedRequest } from "#lib/model/used-request.ts";
import { aBinding, aClusterRole, aRule, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "../compile-access.ts";
import { resourceCatalog } from "../resource-catalog.ts";
import { compareGrants } from "./compare-grants.ts";

const WHO = { user: "alice", groups: [] };

function used(
  verb: string,
  resource: string,
  parts: { namespace?: string; name?: string; many?: boolean } = {},
): UsedRequest {
  const [plain = "", subresource = ""] = resource.split("/");
  const { namespace = "", name = "", many = false } = parts;
  const request: AccessRequest = resource.startsWith("/")
    ? { verb, path: resource }
    : { verb, apiGroup: "", resource: plain, subresource, namespace, name };
  return { request, origin: "request", manyNames: many, allowed: 1, refused: 0, unknown: 0, lastAt: null };
}

function compare(rule: Partial<PolicyRule>, uses: readonly UsedRequest[], { namespace }: { namespace?: string } = {}) {
  const snapshot = aSnapshot({
    clusterRoles: [aClusterRole("held", [aRule(rule)])],
    [namespace === undefined ? "clusterRoleBindings" : "roleBindings"]: [
      aBinding({ role: "held", subjects: [aUser("alice")], ...(namespace === undefined ? {} : { namespace }) }),
    ],
  });
  return compareGrants(compileAccess(snapshot), WHO, resourceCatalog(snapshot.apiResources), uses, {
    namespaces: ["shop", "pay"],
  });
}

describe("compareGrants", () => {
  it.each<{
    name: string;
    rule: Partial<PolicyRule>;
    uses: readonly UsedRequest[];
    namespace?: string;
    state: string;
    counts: readonly [used: number, held: number];
  }>([
    { name: "nothing used", rule: {}, uses: [], state: "unused", counts: [0, 1] },
    { name: "everything used", rule: {}, uses: [used("get", "pods")], state: "used", counts: [1, 1] },
    { name: "another verb", rule: {}, uses: [used("list", "pods")], state: "unused", counts: [0, 1] },
    {
      name: "one of two verbs",
      rule: { verbs: ["get", "list"] },
      uses: [used("get", "pods")],
      state: "partly",
      counts: [1, 2],
    },
    {
      name: "one of two resources",
      rule: { resources: ["pods", "secrets"] },
      uses: [used("get", "pods")],
      state: "partly",
      counts: [1, 2],
    },
    {
      name: "a combination that is served by no server counts for nothing",
      rule: { apiGroups: ["", "apps"], resources: ["pods"] },
      uses: [used("get", "pods")],
      state: "used",
      counts: [1, 1],
    },
    {
      name: "a wildcard is never wholly used",
      rule: { verbs: ["*"], resources: ["configmaps"] },
      uses: [used("get", "configmaps")],
      state: "partly",
      counts: [1, 8],
    },
    {
      name: "one of two names",
      rule: { resourceNames: ["a", "b"] },
      uses: [used("get", "pods", { name: "a" })],
      state: "partly",
      counts: [1, 1],
    },
    {
      name: "every name",
      rule: { resourceNames: ["a", "b"] },
      uses: [used("get", "pods", { name: "a" }), used("get", "pods", { name: "b" })],
      state: "used",
      counts: [1, 1],
    },
    {
      name: "many names may be those of the rule",
      rule: { resourceNames: ["a"] },
      uses: [used("get", "pods", { many: true })],
      state: "partly",
      counts: [1, 1],
    },
    {
      name: "cluster-wide, used in one namespace",
      rule: {},
      uses: [used("get", "pods", { namespace: "shop" })],
      state: "partly",
      counts: [1, 1],
    },
    {
      name: "cluster-wide, used in every namespace",
      rule: {},
      uses: [used("get", "pods", { namespace: "shop" }), used("get", "pods", { namespace: "pay" })],
      state: "used",
      counts: [1, 1],
    },
    {
      name: "in the namespace of the binding",
      rule: {},
      uses: [used("get", "pods", { namespace: "shop" })],
      namespace: "shop",
      state: "used",
      counts: [1, 1],
    },
    {
      name: "in another namespace than the binding's",
      rule: {},
      uses: [used("get", "pods", { namespace: "pay" }), used("get", "pods")],
      namespace: "shop",
      state: "unused",
      counts: [0, 1],
    },
    {
      name: "a URL",
      rule: { nonResourceURLs: ["/metrics"] },
      uses: [used("get", "/metrics")],
      state: "used",
      counts: [1, 1],
    },
    {
      name: "a URL under a prefix",
      rule: { nonResourceURLs: ["/metrics/*"] },
      uses: [used("get", "/metrics/cadvisor")],
      state: "partly",
      counts: [1, 1],
    },
    {
      name: "a subresource by its wildcard",
      rule: { resources: ["*/exec"] },
      uses: [used("get", "pods/exec")],
      state: "partly",
      counts: [1, 1],
    },
    { name: "a rule without any effect", rule: { verbs: [] }, uses: [], state: "unused", counts: [0, 0] },
  ])("$name", ({ rule, uses, namespace, state, counts }) => {
    const comparison = compare(rule, uses, namespace === undefined ? {} : { namespace });
    expect(comparison.grants.map((grant) => grant.state)).toEqual([state]);
    expect([comparison.used, comparison.held]).toEqual(counts);
  });

  it("tells what was used of a rule, and where", () => {
    const { grants } = compare({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }, [
      used("get", "pods/log", { namespace: "shop", name: "web" }),
      used("list", "nodes"),
    ]);
    expect(grants[0]).toMatchObject({
      verbs: ["get", "list"],
      resources: ["nodes", "pods/log"],
      namespaces: ["", "shop"],
    });
  });

  it("cannot count what a wildcard gives when the cluster's resources were not read", () => {
    const snapshot = aSnapshot({
      clusterRoles: [aClusterRole("held", [aRule({ verbs: ["*"] })])],
      clusterRoleBindings: [aBinding({ role: "held", subjects: [aUser("alice")] })],
      apiResources: [],
    });
    const { held, grants } = compareGrants(compileAccess(snapshot), WHO, resourceCatalog([]), [used("get", "pods")], {
      namespaces: [],
    });
    expect([held, grants[0]?.state]).toEqual([null, "partly"]);
  });
});
