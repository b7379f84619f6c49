import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccessRequest, ResourceRequest } from "#lib/model/access.ts";
import type { PolicyRule } from "#lib/model/rbac.ts";
import type { UsedRequest } from "#lib/model/used-request.ts";
import { aBinding, aClusterRole, aRole, aUser, toRole } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "../compile-access.ts";
import { decideAccess } from "../decide-access.ts";
import { planRoles, type PlannedRole, type PlanOptions } from "./plan-roles.ts";

const EXACT: PlanOptions = { names: "exact", scope: "namespace" };
const WHO = { user: "alice", groups: [] };

function used(request: AccessRequest, manyNames = false): UsedRequest {
  return { request, origin: "request", manyNames, allowed: 1, refused: 0, unknown: 0, lastAt: null };
}

/** `get pods.apps/sub in shop named a`. */
function ask(verb: string, what: string, namespace = "", name = ""): ResourceRequest {
  const [resourceGroup = "", subresource = ""] = what.split("/");
  const [resource = "", ...group] = resourceGroup.split(".");
  return { verb, apiGroup: group.join("."), resource, subresource, namespace, name };
}

function plan(requests: readonly AccessRequest[], options: PlanOptions = EXACT) {
  return planRoles(
    requests.map((request) => used(request)),
    options,
  );
}

function rules({ rules: list }: PlannedRole): readonly Partial<PolicyRule>[] {
  return list.map((rule) =>
    Object.fromEntries(Object.entries(rule).filter(([, entries]: [string, readonly string[]]) => entries.length > 0)),
  );
}

describe("planRoles", () => {
  it.each<{ name: string; requests: readonly AccessRequest[]; rules: readonly Partial<PolicyRule>[] }>([
    {
      name: "joins the verbs of a resource, in the usual order",
      requests: [ask("watch", "pods"), ask("list", "pods"), ask("get", "pods")],
      rules: [{ verbs: ["get", "list", "watch"], apiGroups: [""], resources: ["pods"] }],
    },
    {
      name: "joins resources with the same verbs, and groups with the same resources",
      requests: [
        ask("list", "pods"),
        ask("list", "services"),
        ask("create", "events"),
        ask("create", "events.events.k8s.io"),
      ],
      rules: [
        { verbs: ["list"], apiGroups: [""], resources: ["pods", "services"] },
        { verbs: ["create"], apiGroups: ["", "events.k8s.io"], resources: ["events"] },
      ],
    },
    {
      name: "does not join what would grant more",
      requests: [ask("list", "pods"), ask("get", "services"), ask("list", "services")],
      rules: [
        { verbs: ["list"], apiGroups: [""], resources: ["pods"] },
        { verbs: ["get", "list"], apiGroups: [""], resources: ["services"] },
      ],
    },
    {
      name: "keeps resources of different groups apart",
      requests: [ask("list", "pods"), ask("list", "deployments.apps")],
      rules: [
        { verbs: ["list"], apiGroups: [""], resources: ["pods"] },
        { verbs: ["list"], apiGroups: ["apps"], resources: ["deployments"] },
      ],
    },
    {
      name: "keeps subresources as they are",
      requests: [ask("create", "pods/exec"), ask("patch", "deployments.apps/scale")],
      rules: [
        { verbs: ["create"], apiGroups: [""], resources: ["pods/exec"] },
        { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments/scale"] },
      ],
    },
    {
      name: "names URLs",
      requests: [
        { verb: "get", path: "/metrics" },
        { verb: "get", path: "/debug" },
        { verb: "post", path: "/debug" },
      ],
      rules: [
        { verbs: ["get", "post"], nonResourceURLs: ["/debug"] },
        { verbs: ["get"], nonResourceURLs: ["/metrics"] },
      ],
    },
  ])("$name", ({ requests, rules: expected }) => {
    const planned = plan(requests);
    expect(planned.map(rules)).toEqual([expected]);
    expect(planned[0]?.namespace).toBe("");
  });

  it.each<{ name: string; requests: readonly AccessRequest[]; rules: readonly Partial<PolicyRule>[] }>([
    {
      name: "limits to the names that were used, sorted",
      requests: [ask("get", "configmaps", "shop", "b"), ask("get", "configmaps", "shop", "a")],
      rules: [{ verbs: ["get"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["a", "b"] }],
    },
    {
      name: "does not limit where one use carried no name",
      requests: [ask("list", "configmaps", "shop", "a"), ask("list", "configmaps", "shop")],
      rules: [{ verbs: ["list"], apiGroups: [""], resources: ["configmaps"] }],
    },
    {
      name: "joins only what has the same names",
      requests: [
        ask("get", "configmaps", "shop", "a"),
        ask("update", "configmaps", "shop", "a"),
        ask("get", "secrets", "shop", "a"),
        ask("delete", "secrets", "shop", "b"),
      ],
      rules: [
        { verbs: ["get", "update"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["a"] },
        { verbs: ["get"], apiGroups: [""], resources: ["secrets"], resourceNames: ["a"] },
        { verbs: ["delete"], apiGroups: [""], resources: ["secrets"], resourceNames: ["b"] },
      ],
    },
    {
      name: "limits list and watch where the request carried the name",
      requests: [ask("list", "configmaps", "shop", "a"), ask("watch", "configmaps", "shop", "a")],
      rules: [{ verbs: ["list", "watch"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["a"] }],
    },
    {
      name: "gives up names beyond twenty",
      requests: Array.from({ length: 21 }, (_, index) => ask("get", "configmaps", "shop", `n${index}`)),
      rules: [{ verbs: ["get"], apiGroups: [""], resources: ["configmaps"] }],
    },
  ])("$name", ({ requests, rules: expected }) => {
    expect(plan(requests).map(({ namespace }) => namespace)).toEqual(["shop"]);
    expect(plan(requests).map(rules)).toEqual([expected]);
  });

  it("has no names with any, nor where there were too many to keep", () => {
    const request = ask("get", "configmaps", "shop", "a");
    expect(plan([request], { names: "any", scope: "namespace" })[0]?.rules[0]?.resourceNames).toEqual([]);
    const many = planRoles([used(request), used(ask("get", "configmaps", "shop"), true)], EXACT);
    expect(many[0]?.rules[0]?.resourceNames).toEqual([]);
  });

  it("grants in each namespace what was used there, cluster-wide first", () => {
    const requests = [ask("get", "pods", "shop"), ask("get", "nodes"), ask("get", "services", "pay")];
    expect(plan(requests).map((role) => [role.namespace, rules(role)[0]?.resources])).toEqual([
      ["", ["nodes"]],
      ["pay", ["services"]],
      ["shop", ["pods"]],
    ]);
    expect(plan(requests, { names: "exact", scope: "cluster" }).map(({ namespace }) => namespace)).toEqual([""]);
  });

  it("does not grant again in a namespace what it grants cluster-wide", () => {
    const requests = [
      ask("list", "pods"),
      ask("list", "pods", "shop"),
      ask("get", "secrets", "", "a"),
      ask("get", "secrets", "shop", "a"),
      ask("get", "secrets", "pay", "b"),
    ];
    expect(plan(requests).map((role) => [role.namespace, rules(role).length])).toEqual([
      ["", 2],
      ["pay", 1],
    ]);
  });

  it.each<{ name: string; request: AccessRequest }>([
    { name: "a resource named *", request: ask("list", "*") },
    { name: "a subresource of a resource named *", request: ask("get", "*/scale", "", "a") },
    { name: "a group named *", request: { ...ask("list", "pods"), apiGroup: "*" } },
    { name: "a verb named *", request: ask("*", "pods") },
    { name: "a resource with a slash", request: { ...ask("get", "pods"), resource: "pods/exec" } },
    { name: "a path that ends in *", request: { verb: "get", path: "/*" } },
    { name: "a path without a slash", request: { verb: "get", path: "*" } },
    { name: "a namespace that cannot be", request: ask("get", "pods", "../kube-system") },
    { name: "an empty resource", request: ask("get", "") },
  ])("leaves out $name: no rule grants it alone", ({ request }) => {
    expect(plan([request])).toEqual([]);
  });
});

const VERBS = ["get", "list", "create", "delete"];
const PLACES = ["", "shop", "pay"];
const anyRequest = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      verb: fc.constantFrom(...VERBS),
      apiGroup: fc.constantFrom("", "apps"),
      resource: fc.constantFrom("pods", "secrets", "deployments"),
      subresource: fc.constantFrom("", "", "exec", "scale"),
      namespace: fc.constantFrom(...PLACES),
      name: fc.constantFrom("", "", "a", "b", "*", "__proto__"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ verb: fc.constantFrom("get", "post"), path: fc.constantFrom("/a", "/a/b", "/") }),
  },
);

/** A cluster in which the planned roles are all there is. */
function clusterWith(planned: readonly PlannedRole[]) {
  const cluster = planned.filter(({ namespace }) => namespace === "");
  const local = planned.filter(({ namespace }) => namespace !== "");
  return compileAccess(
    aSnapshot({
      clusterRoles: cluster.map((role) => aClusterRole("planned", role.rules)),
      clusterRoleBindings: cluster.map(() => aBinding({ role: "planned", subjects: [aUser("alice")] })),
      roles: local.map(({ namespace, rules: list }) => aRole(namespace, "planned", list)),
      roleBindings: local.map(({ namespace }) =>
        aBinding({ namespace, role: toRole("planned"), subjects: [aUser("alice")] }),
      ),
    }),
  );
}

/** What exactly these uses make right, without any rule: the same request; any name where one use had none; any namespace where one was cluster-wide. */
function isUsed(uses: readonly AccessRequest[], request: AccessRequest): boolean {
  return uses.some((use) => {
    if (!("resource" in use) || !("resource" in request))
      return !("resource" in use) && !("resource" in request) && use.verb === request.verb && use.path === request.path;
    return (
      use.verb === request.verb &&
      use.apiGroup === request.apiGroup &&
      use.resource === request.resource &&
      use.subresource === request.subresource &&
      (use.namespace === "" || use.namespace === request.namespace) &&
      (use.name === request.name || use.name === "")
    );
  });
}

describe("planned roles, asked through the access engine", () => {
  it("allow everything that was used, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(anyRequest, { maxLength: 25 }), fc.array(anyRequest, { maxLength: 40 }), (uses, others) => {
        const model = clusterWith(plan(uses));
        for (const request of [...uses, ...others]) {
          const expected = isUsed(uses, request) ? "allowed" : "denied";
          expect([request, decideAccess(model, WHO, request).verdict]).toEqual([request, expected]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("allow everything that was used, whatever the options", () => {
    fc.assert(
      fc.property(
        fc.array(anyRequest, { maxLength: 25 }),
        fc.constantFrom("exact", "any"),
        fc.constantFrom("namespace", "cluster"),
        (uses, names, scope) => {
          const planned = plan(uses, { names, scope });
          const model = clusterWith(planned);
          for (const request of uses) expect(decideAccess(model, WHO, request).verdict).toBe("allowed");
          if (scope === "cluster") expect(planned.length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("do not depend on the order of the log, and hold no rule twice", () => {
    fc.assert(
      fc.property(fc.array(anyRequest, { maxLength: 25 }), (uses) => {
        const planned = plan(uses);
        expect(plan(uses.toReversed())).toEqual(planned);
        for (const { rules: list } of planned)
          expect(new Set(list.map((rule) => JSON.stringify(rule))).size).toBe(list.length);
      }),
      { numRuns: 100 },
    );
  });
});
