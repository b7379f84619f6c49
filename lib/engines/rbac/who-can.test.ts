import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccessRequest, Subject } from "#lib/model/access.ts";
import type { BindingSubject, PolicyRule, RoleBinding } from "#lib/model/rbac.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import {
  aBinding,
  aClusterRole,
  aGroup,
  anAccount,
  aRole,
  aRule,
  aServiceAccount,
  aUser,
} from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "./compile-access.ts";
import { decideAccess } from "./decide-access.ts";
import { AUTHENTICATED, userInfoOf } from "./identity.ts";
import { ruleAllows } from "./match-rule.ts";
import { RuleIndex } from "./rule-index.ts";
import { knownAccountsOf, knownGroups, whoCan } from "./who-can.ts";

// Few values, so that rules, bindings and requests meet; hostile names among them.
const namespace = fc.constantFrom("a", "b", "__proto__");
const name = fc.constantFrom("constructor", "__proto__", "web", "*");
const verb = fc.constantFrom("get", "list", "*", "bind");
const apiGroup = fc.constantFrom("", "apps", "*", "__proto__");
const token = fc.constantFrom(
  "*",
  "pods",
  "pods/exec",
  "*/exec",
  "pods/*",
  "*/*",
  "constructor",
  "hasOwnProperty/exec",
);
const url = fc.constantFrom("*", "/metrics", "/logs/*", "/lo*", "/__proto__");
const few = <T>(items: fc.Arbitrary<T>) => fc.array(items, { maxLength: 2 });

const rule: fc.Arbitrary<PolicyRule> = fc.oneof(
  fc.record({
    verbs: few(verb),
    apiGroups: few(apiGroup),
    resources: few(token),
    resourceNames: few(name),
    nonResourceURLs: fc.constant([]),
  }),
  fc.record({
    verbs: few(verb),
    apiGroups: fc.constant([]),
    resources: fc.constant([]),
    resourceNames: fc.constant([]),
    nonResourceURLs: few(url),
  }),
);
const rules = fc.array(rule, { maxLength: 3 });

const subject: fc.Arbitrary<BindingSubject> = fc.oneof(
  fc.tuple(fc.option(namespace, { nil: undefined }), name).map(([ns, account]) => anAccount(ns, account)),
  fc.constantFrom("alice", "__proto__", "system:serviceaccount:a:web", "system:node:n1", "system:anonymous").map(aUser),
  fc
    .constantFrom(
      "devs",
      "constructor",
      AUTHENTICATED,
      "system:serviceaccounts",
      "system:serviceaccounts:a",
      "system:unauthenticated",
      "system:nodes",
    )
    .map(aGroup),
  fc.constant({ kind: "__proto__", apiGroup: "", name: "alice" }),
);
const roleRef = fc.record({
  apiGroup: fc.constant("rbac.authorization.k8s.io"),
  kind: fc.constantFrom("ClusterRole", "Role", "constructor"),
  name: fc.constantFrom("one", "__proto__", "missing"),
});
const subjects = fc.array(subject, { maxLength: 3 });

const snapshots: fc.Arbitrary<ClusterSnapshot> = fc
  .record({
    accounts: fc.array(fc.tuple(namespace, name), { maxLength: 3 }),
    clusterRoles: fc.tuple(rules, rules),
    roles: fc.array(fc.tuple(namespace, fc.constantFrom("one", "__proto__"), rules), { maxLength: 3 }),
    clusterBindings: fc.array(fc.tuple(roleRef, subjects), { maxLength: 3 }),
    bindings: fc.array(fc.tuple(namespace, roleRef, subjects), { maxLength: 4 }),
  })
  .map(({ accounts, clusterRoles, roles, clusterBindings, bindings }) =>
    aSnapshot({
      serviceAccounts: unique(accounts, (pair) => pair.join("/")).map(([ns, account]) => aServiceAccount(ns, account)),
      clusterRoles: [aClusterRole("one", clusterRoles[0]), aClusterRole("__proto__", clusterRoles[1])],
      roles: unique(roles, ([ns, role]) => `${ns}/${role}`).map(([ns, role, own]) => aRole(ns, role, own)),
      clusterRoleBindings: clusterBindings.map(([role, who], index) =>
        aBinding({ name: `c${index}`, role, subjects: who }),
      ),
      roleBindings: bindings.map(([ns, role, who], index) =>
        aBinding({ name: `r${index}`, namespace: ns, role, subjects: who }),
      ),
    }),
  );

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

const request: fc.Arbitrary<AccessRequest> = fc.oneof(
  fc.record({
    verb: fc.constantFrom("get", "list", "bind"),
    apiGroup: fc.constantFrom("", "apps", "__proto__"),
    resource: fc.constantFrom("pods", "constructor", "hasOwnProperty", "nodes"),
    subresource: fc.constantFrom("", "exec", "log"),
    namespace: fc.constantFrom("", "a", "b", "__proto__", "constructor"),
    name: fc.oneof(fc.constant(""), name),
  }),
  fc.record({
    verb: fc.constantFrom("get", "list"),
    path: fc.constantFrom("/metrics", "/logs/x", "/logs", "/__proto__"),
  }),
);

/** The obvious answer, sharing nothing with the engine: every binding, every subject, every rule, every entry. */
function oracle({ objects }: ClusterSnapshot, user: string, groups: readonly string[], asked: AccessRequest): boolean {
  const roleRules = ({ roleRef: ref, metadata }: RoleBinding): readonly PolicyRule[] => {
    if (ref.kind === "ClusterRole")
      return objects.clusterRoles.find((role) => role.metadata.name === ref.name)?.rules ?? [];
    if (ref.kind !== "Role" || metadata.namespace === undefined) return [];
    const found = objects.roles.find(
      (role) => role.metadata.name === ref.name && role.metadata.namespace === metadata.namespace,
    );
    return found?.rules ?? [];
  };
  const isNamed = (binding: RoleBinding) =>
    binding.subjects.some((candidate) => {
      if (candidate.kind === "User") return candidate.name === user;
      if (candidate.kind === "Group") return groups.includes(candidate.name);
      const ns = candidate.namespace ?? binding.metadata.namespace;
      return (
        candidate.kind === "ServiceAccount" &&
        ns !== undefined &&
        user === `system:serviceaccount:${ns}:${candidate.name}`
      );
    });
  const inScope = objects.roleBindings.filter(
    ({ metadata }) => "resource" in asked && metadata.namespace === asked.namespace,
  );
  return [...objects.clusterRoleBindings, ...inScope].some(
    (binding) => isNamed(binding) && roleRules(binding).some((candidate) => oracleRule(candidate, asked)),
  );
}

function oracleRule(candidate: PolicyRule, asked: AccessRequest): boolean {
  const holds = (list: readonly string[], value: string) => list.some((entry) => entry === "*" || entry === value);
  if (!holds(candidate.verbs, asked.verb)) return false;
  if (!("resource" in asked)) {
    return candidate.nonResourceURLs.some((entry) =>
      entry.endsWith("*") ? asked.path.startsWith(entry.slice(0, -1)) : entry === asked.path,
    );
  }
  const { resource, subresource } = asked;
  const isResource = candidate.resources.some((entry) => {
    if (entry === "*") return true;
    if (subresource === "") return entry === resource;
    const [parent, child, ...rest] = entry.split("/");
    return rest.length === 0 && child === subresource && (parent === "*" || parent === resource);
  });
  const isName = candidate.resourceNames.length === 0 || candidate.resourceNames.some((entry) => entry === asked.name);
  return holds(candidate.apiGroups, asked.apiGroup) && isResource && isName;
}

/** Groups written out again, not taken from the engine. */
function oracleGroups({ kind, namespace: ns, name: who }: Subject): readonly string[] {
  if (kind === "Group") return [who];
  if (kind === "ServiceAccount")
    return ["system:serviceaccounts", `system:serviceaccounts:${ns}`, "system:authenticated"];
  if (who === "system:anonymous") return ["system:unauthenticated"];
  return who.startsWith("system:node:") ? ["system:nodes", "system:authenticated"] : ["system:authenticated"];
}

function oracleUser({ kind, namespace: ns, name: who }: Subject): string {
  if (kind === "Group") return "";
  return kind === "User" ? who : `system:serviceaccount:${ns}:${who}`;
}

describe("random clusters", () => {
  it("decideAccess and whoCan agree with a slow obvious evaluator for every subject", () => {
    fc.assert(
      fc.property(snapshots, fc.array(request, { minLength: 1, maxLength: 6 }), (snapshot, requests) => {
        const model = compileAccess(snapshot);
        for (const asked of requests) {
          const { subjects: found, gaps, grantsOf } = whoCan(model, asked);
          expect(gaps).toEqual([]);
          model.subjects.forEach((candidate, id) => {
            const expected = oracle(snapshot, oracleUser(candidate), oracleGroups(candidate), asked);
            const who = userInfoOf(candidate);
            const groups = candidate.kind === "Group" ? who.groups : knownGroups(candidate);
            expect(decideAccess(model, { user: who.user, groups }, asked).verdict).toBe(
              expected ? "allowed" : "denied",
            );
            expect(found.has(id)).toBe(expected);
            expect(grantsOf(id).length > 0).toBe(expected);
          });
        }
      }),
      { numRuns: 400 },
    );
  });

  it("the rule index finds exactly the rules that allow a request", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 40 }), fc.array(request, { maxLength: 4 }), (list, requests) => {
        const index = new RuleIndex(list);
        // Asked twice: the second answer may come from the cache, and must not have been changed by the first.
        for (const asked of [...requests, ...requests]) {
          expect([...index.matching(asked)]).toEqual(list.flatMap((one, id) => (ruleAllows(one, asked) ? [id] : [])));
          if ("resource" in asked) {
            expect([...index.matchingAnyName(asked)]).toEqual(
              list.flatMap((one, id) => (ruleAllows({ ...one, resourceNames: [] }, asked) ? [id] : [])),
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

const getPods = { verb: "get", apiGroup: "", resource: "pods", subresource: "", namespace: "a", name: "" };

describe("grants of a subject", () => {
  it("come from its own bindings first, then from its fixed groups", () => {
    const model = compileAccess(
      aSnapshot({
        serviceAccounts: [aServiceAccount("a", "web")],
        clusterRoles: [aClusterRole("reader")],
        clusterRoleBindings: [aBinding({ name: "all", role: "reader", subjects: [aGroup(AUTHENTICATED)] })],
        roleBindings: [aBinding({ name: "own", namespace: "a", role: "reader", subjects: [anAccount("a", "web")] })],
      }),
    );
    const id = model.findSubject("user", "system:serviceaccount:a:web");
    expect(
      whoCan(model, getPods)
        .grantsOf(id ?? -1)
        .map(({ binding }) => binding.name),
    ).toEqual(["own", "all"]);
    expect(whoCan(model, getPods).grantsOf(99)).toEqual([]);
  });
});

describe("known members of a group", () => {
  const model = compileAccess(
    aSnapshot({
      serviceAccounts: [aServiceAccount("a", "web"), aServiceAccount("a", "db"), aServiceAccount("b", "web")],
      clusterRoles: [aClusterRole("reader", [aRule()])],
      clusterRoleBindings: [
        aBinding({
          role: "reader",
          subjects: [
            aGroup("system:serviceaccounts"),
            aGroup("system:serviceaccounts:a"),
            aGroup("devs"),
            anAccount("a", "gone"),
          ],
        }),
      ],
    }),
  );
  it.each([
    { name: "all accounts that exist", group: "system:serviceaccounts", count: 3 },
    { name: "those of one namespace", group: "system:serviceaccounts:a", count: 2 },
    { name: "none are counted where no binding names the group", group: "system:serviceaccounts:b", count: 0 },
    { name: "not known for a group of an identity provider", group: "devs", count: null },
    { name: "not known for a look-alike", group: "system:serviceaccounts-x", count: null },
  ])("$name", ({ group, count }) => {
    expect(knownAccountsOf(model, group)).toBe(count);
  });
});
