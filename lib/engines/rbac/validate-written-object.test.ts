import { describe, expect, it } from "vitest";
import { validateWrittenObject } from "./validate-written-object.ts";
import { parseWrittenObject } from "./written-object.ts";

const API = "rbac.authorization.k8s.io/v1";
const PODS = { verbs: ["get"], apiGroups: [""], resources: ["pods"] };
const OWNER = { apiVersion: "v1", kind: "ConfigMap", name: "a", uid: "1" };

/** Fields that are refused, in order. Every row was tried with a dry-run against an API server of v1.37. */
function refused(kind: string, content: object, metadata: object = { name: "t" }): readonly string[] {
  const parsed = parseWrittenObject({ apiVersion: API, kind, metadata, ...content });
  if (!("object" in parsed)) throw new Error(`${parsed.field}: ${parsed.problem}`);
  return validateWrittenObject(parsed.object).map(({ field }) => field);
}

describe("metadata", () => {
  it.each([
    { name: "a name with odd characters", metadata: { name: "A b:c ü*" }, fields: [] },
    { name: "a long name", metadata: { name: "t".repeat(300) }, fields: [] },
    { name: "a slash", metadata: { name: "a/b" }, fields: ["metadata.name"] },
    { name: "a percent sign", metadata: { name: "a%b" }, fields: ["metadata.name"] },
    { name: "two dots", metadata: { name: ".." }, fields: ["metadata.name"] },
    { name: "no name", metadata: {}, fields: ["metadata.name"] },
    { name: "a made up name", metadata: { generateName: "a" }, fields: [] },
    {
      name: "a label key with a space",
      metadata: { name: "t", labels: { "a b": "c" } },
      fields: ["metadata.labels[a b]"],
    },
    {
      name: "a label key of 64",
      metadata: { name: "t", labels: { ["a".repeat(64)]: "" } },
      fields: [`metadata.labels[${"a".repeat(64)}]`],
    },
    {
      name: "a label key with two slashes",
      metadata: { name: "t", labels: { "a/b/c": "" } },
      fields: ["metadata.labels[a/b/c]"],
    },
    {
      name: "a label key without prefix",
      metadata: { name: "t", labels: { "/c": "" } },
      fields: ["metadata.labels[/c]"],
    },
    {
      name: "a label value with a space",
      metadata: { name: "t", labels: { a: "c d" } },
      fields: ["metadata.labels[a]"],
    },
    {
      name: "a label value with a line break",
      metadata: { name: "t", labels: { a: "x\n" } },
      fields: ["metadata.labels[a]"],
    },
    {
      name: "an annotation key with a space",
      metadata: { name: "t", annotations: { "a b": "c" } },
      fields: ["metadata.annotations[a b]"],
    },
    {
      name: "an annotation key in upper case",
      metadata: { name: "t", annotations: { "Example.com/a": "c d" } },
      fields: [],
    },
    {
      name: "an unqualified finalizer",
      metadata: { name: "t", finalizers: ["abc"] },
      fields: ["metadata.finalizers[0]"],
    },
    { name: "standard finalizers", metadata: { name: "t", finalizers: ["orphan", "kubernetes"] }, fields: [] },
    {
      name: "finalizers that exclude each other",
      metadata: { name: "t", finalizers: ["orphan", "foregroundDeletion"] },
      fields: ["metadata.finalizers"],
    },
    {
      name: "an empty owner",
      metadata: { name: "t", ownerReferences: [{ ...OWNER, kind: "", uid: "" }] },
      fields: ["metadata.ownerReferences[0].kind", "metadata.ownerReferences[0].uid"],
    },
    {
      name: "an owner of no version",
      metadata: { name: "t", ownerReferences: [{ ...OWNER, apiVersion: "a/b/c" }] },
      fields: ["metadata.ownerReferences[0].apiVersion"],
    },
    {
      name: "an Event as owner",
      metadata: { name: "t", ownerReferences: [{ ...OWNER, kind: "Event" }] },
      fields: ["metadata.ownerReferences[0]"],
    },
    {
      name: "two controllers",
      metadata: { name: "t", ownerReferences: [1, 2].map((uid) => ({ ...OWNER, uid: String(uid), controller: true })) },
      fields: ["metadata.ownerReferences"],
    },
  ])("$name", ({ metadata, fields }) => {
    expect(refused("ClusterRole", {}, metadata)).toEqual(fields);
  });
});

describe("rules", () => {
  it.each([
    { name: "no verbs", rule: { ...PODS, verbs: [] }, fields: ["rules[0].verbs"] },
    { name: "an empty verb", rule: { ...PODS, verbs: [""] }, fields: [] },
    { name: "no groups", rule: { ...PODS, apiGroups: [] }, fields: ["rules[0].apiGroups"] },
    { name: "no resources", rule: { ...PODS, resources: null }, fields: ["rules[0].resources"] },
    { name: "names of several resources", rule: { ...PODS, resources: ["a", "b"], resourceNames: [""] }, fields: [] },
    { name: "odd URLs", rule: { verbs: ["get"], nonResourceURLs: ["x**y", ""] }, fields: [] },
    { name: "URLs beside resources", rule: { ...PODS, nonResourceURLs: ["/x"] }, fields: ["rules[0].nonResourceURLs"] },
    {
      name: "URLs beside names",
      rule: { verbs: ["get"], nonResourceURLs: ["/x"], resourceNames: ["a"] },
      fields: ["rules[0].nonResourceURLs"],
    },
    { name: "null", rule: null, fields: ["rules[0].verbs", "rules[0].apiGroups", "rules[0].resources"] },
  ])("$name", ({ rule, fields }) => {
    expect(refused("ClusterRole", { rules: [rule] })).toEqual(fields);
  });

  it("URLs in a Role", () => {
    expect(refused("Role", { rules: [{ verbs: ["get"], nonResourceURLs: ["/x"] }] })).toEqual([
      "rules[0].nonResourceURLs",
    ]);
  });

  const path = "aggregationRule.clusterRoleSelectors";
  const expression = (requirement: object) => [{ matchExpressions: [{ key: "a", ...requirement }] }];
  it.each([
    { name: "no selector", selectors: [], fields: [path] },
    { name: "the selector of everything", selectors: [{}], fields: [] },
    {
      name: "an unknown operator",
      selectors: expression({ operator: "Foo" }),
      fields: [`${path}[0].matchExpressions[0].operator`],
    },
    {
      name: "In without values",
      selectors: expression({ operator: "In" }),
      fields: [`${path}[0].matchExpressions[0].values`],
    },
    {
      name: "Exists with values",
      selectors: expression({ operator: "Exists", values: ["x"] }),
      fields: [`${path}[0].matchExpressions[0].values`],
    },
    {
      name: "a value that no label has",
      selectors: expression({ operator: "In", values: ["-x-"] }),
      fields: [`${path}[0].matchExpressions[0].values`],
    },
    {
      name: "a key that no label has",
      selectors: [{ matchLabels: { "-a": "x" } }],
      fields: [`${path}[0].matchLabels[-a]`],
    },
  ])("aggregation: $name", ({ selectors, fields }) => {
    expect(refused("ClusterRole", { aggregationRule: { clusterRoleSelectors: selectors } })).toEqual(fields);
    expect(refused("Role", { aggregationRule: { clusterRoleSelectors: selectors } })).toEqual([]);
  });
});

describe("bindings", () => {
  const view = { kind: "ClusterRole", name: "view" };
  it.each([
    { name: "a reference without group", roleRef: view, subjects: [], local: [], cluster: [] },
    {
      name: "no reference",
      roleRef: null,
      subjects: [],
      local: ["roleRef.kind", "roleRef.name"],
      cluster: ["roleRef.kind", "roleRef.name"],
    },
    {
      name: "another group",
      roleRef: { ...view, apiGroup: "x" },
      subjects: [],
      local: ["roleRef.apiGroup"],
      cluster: ["roleRef.apiGroup"],
    },
    { name: "a Role", roleRef: { ...view, kind: "Role" }, subjects: [], local: [], cluster: ["roleRef.kind"] },
    {
      name: "a name with a slash",
      roleRef: { ...view, name: "a/b" },
      subjects: [],
      local: ["roleRef.name"],
      cluster: ["roleRef.name"],
    },
    {
      name: "a user in a namespace",
      roleRef: view,
      subjects: [{ kind: "User", name: "a", namespace: "x" }],
      local: [],
      cluster: [],
    },
    {
      name: "a user of a version",
      roleRef: view,
      subjects: [{ kind: "User", name: "a", apiGroup: "v1" }],
      local: ["subjects[0].apiGroup"],
      cluster: ["subjects[0].apiGroup"],
    },
    {
      name: "a group without name",
      roleRef: view,
      subjects: [{ kind: "Group" }],
      local: ["subjects[0].name"],
      cluster: ["subjects[0].name"],
    },
    {
      name: "an unknown kind",
      roleRef: view,
      subjects: [{ kind: "Foo", name: "a" }],
      local: ["subjects[0].kind"],
      cluster: ["subjects[0].kind"],
    },
    {
      name: "a service account without namespace",
      roleRef: view,
      subjects: [{ kind: "ServiceAccount", name: "a" }],
      local: [],
      cluster: ["subjects[0].namespace"],
    },
    {
      name: "a service account with an impossible name",
      roleRef: view,
      subjects: [{ kind: "ServiceAccount", name: "A_", namespace: "B_/" }],
      local: ["subjects[0].name"],
      cluster: ["subjects[0].name"],
    },
  ])("$name", ({ roleRef, subjects, local, cluster }) => {
    expect(refused("RoleBinding", { roleRef, subjects })).toEqual(local);
    expect(refused("ClusterRoleBinding", { roleRef, subjects })).toEqual(cluster);
  });
});

describe("what no server can decode", () => {
  it.each([
    {
      name: "another kind",
      value: { apiVersion: API, kind: "Pod" },
      problem: { field: "kind", problem: "unknown-kind" },
    },
    {
      name: "another version",
      value: { apiVersion: "v1", kind: "Role" },
      problem: { field: "apiVersion", problem: "unknown-kind" },
    },
    { name: "no object", value: [], problem: { field: "", problem: "wrong-type" } },
    {
      name: "a number as name",
      value: { apiVersion: API, kind: "Role", metadata: { name: 1 } },
      problem: { field: "metadata.name", problem: "wrong-type" },
    },
    {
      name: "a day as time",
      value: { apiVersion: API, kind: "Role", metadata: { creationTimestamp: "2026-01-01" } },
      problem: { field: "metadata.creationTimestamp", problem: "wrong-type" },
    },
    {
      name: "a text as number",
      value: { apiVersion: API, kind: "Role", metadata: { generation: "1" } },
      problem: { field: "metadata.generation", problem: "wrong-type" },
    },
    {
      name: "a text as list",
      value: { apiVersion: API, kind: "Role", rules: [{ verbs: "get" }] },
      problem: { field: "rules[0].verbs", problem: "wrong-type" },
    },
    {
      name: "a list as selector",
      value: { apiVersion: API, kind: "ClusterRole", aggregationRule: { clusterRoleSelectors: [[]] } },
      problem: { field: "aggregationRule.clusterRoleSelectors[0]", problem: "wrong-type" },
    },
  ])("$name", ({ value, problem }) => {
    expect(parseWrittenObject(value)).toEqual(problem);
  });

  it("keeps __proto__ as an ordinary label", () => {
    const value: unknown = JSON.parse(
      `{"apiVersion":"${API}","kind":"Role","metadata":{"name":"a","labels":{"__proto__":"x"}}}`,
    );
    expect(parseWrittenObject(value)).toMatchObject({ object: { metadata: { labels: [["__proto__", "x"]] } } });
  });
});
