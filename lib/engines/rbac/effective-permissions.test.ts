import { describe, expect, it } from "vitest";
import {
  aBinding,
  aClusterRole,
  aGroup,
  anAccount,
  aRole,
  aRule,
  aServiceAccount,
  toRole,
} from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "./compile-access.ts";
import { effectivePermissions, inertReason } from "./effective-permissions.ts";
import { implicitGroups } from "./identity.ts";
import { resourceCatalog } from "./resource-catalog.ts";

const catalog = resourceCatalog(aSnapshot().apiResources);
const user = "system:serviceaccount:a:web";

it("merges one rule over bindings: scopes, namespaces in order, every grant with its source", () => {
  const snapshot = aSnapshot({
    serviceAccounts: [aServiceAccount("a", "web")],
    clusterRoles: [aClusterRole("reader", [aRule(), aRule({ verbs: ["list"] })])],
    roles: [aRole("b", "same", [aRule()])],
    clusterRoleBindings: [aBinding({ name: "all", role: "reader", subjects: [aGroup("system:authenticated")] })],
    roleBindings: [
      aBinding({ name: "in-c", namespace: "c", role: "reader", subjects: [anAccount("a", "web")] }),
      aBinding({ name: "in-b", namespace: "b", role: toRole("same"), subjects: [anAccount("a", "web")] }),
      aBinding({ name: "other", namespace: "b", role: "reader", subjects: [anAccount("b", "web")] }),
    ],
  });
  const permissions = effectivePermissions(compileAccess(snapshot), { user, groups: implicitGroups(user) }, catalog);
  expect(
    permissions.map(({ rule, clusterWide, namespaces, grants }) => ({
      verbs: rule.verbs,
      clusterWide,
      namespaces,
      grants: grants.map(({ binding, role, ruleIndex, through }) => [binding.name, role.kind, ruleIndex, through.name]),
    })),
  ).toEqual([
    {
      verbs: ["get"],
      clusterWide: true,
      namespaces: ["b", "c"],
      grants: [
        ["all", "ClusterRole", 0, "system:authenticated"],
        ["in-b", "Role", 0, "web"],
        ["in-c", "ClusterRole", 0, "web"],
      ],
    },
    {
      verbs: ["list"],
      clusterWide: true,
      namespaces: ["c"],
      grants: [
        ["all", "ClusterRole", 1, "system:authenticated"],
        ["in-c", "ClusterRole", 1, "web"],
      ],
    },
  ]);
});

describe("why a rule gives nothing", () => {
  it.each([
    { name: "an ordinary rule has an effect", rule: {}, inert: null },
    { name: "without verbs it is empty", rule: { verbs: [] }, inert: "empty" },
    { name: "without groups it is empty", rule: { apiGroups: [] }, inert: "empty" },
    { name: "without resources it is empty", rule: { resources: [] }, inert: "empty" },
    { name: "a resource nobody serves", rule: { resources: ["unicorns"] }, inert: "no-such-resource" },
    { name: "pods/* is no resource", rule: { resources: ["pods/*"] }, inert: "no-such-resource" },
    {
      name: "a group with a version is no group",
      rule: { apiGroups: ["apps/v1"], resources: ["deployments"] },
      inert: "no-such-resource",
    },
    { name: "*/scale is served", rule: { apiGroups: ["apps"], resources: ["*/scale"] }, inert: null },
    { name: "create limited by name", rule: { verbs: ["create"], resourceNames: ["x"] }, inert: "unnamed-request" },
    {
      name: "deletecollection limited by name",
      rule: { verbs: ["deletecollection"], resourceNames: ["x"] },
      inert: "unnamed-request",
    },
    {
      name: "create and patch limited by name work through apply",
      rule: { verbs: ["create", "patch"], resourceNames: ["x"] },
      inert: null,
    },
    {
      name: "create of a subresource limited by name works",
      rule: { verbs: ["create"], resources: ["pods/exec"], resourceNames: ["x"] },
      inert: null,
    },
    { name: "nodes cluster-wide", rule: { resources: ["nodes"] }, inert: null },
    { name: "a path cluster-wide", rule: { nonResourceURLs: ["/metrics"] }, inert: null },
    {
      name: "users need not be served to be impersonated",
      rule: { verbs: ["impersonate"], resources: ["users"] },
      inert: null,
    },
  ])("cluster-wide: $name", ({ rule, inert }) => {
    expect(inertReason(aRule(rule), true, catalog)).toBe(inert);
  });

  it.each([
    { name: "nodes", rule: { resources: ["nodes"] }, inert: "cluster-scoped" },
    { name: "a path", rule: { nonResourceURLs: ["/metrics"] }, inert: "cluster-scoped" },
    { name: "nodes beside pods: the pods count", rule: { resources: ["nodes", "pods"] }, inert: null },
    { name: "the namespace object itself", rule: { resources: ["namespaces"] }, inert: null },
    {
      name: "bind on cluster roles is asked in the namespace",
      rule: { verbs: ["bind"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"] },
      inert: null,
    },
  ])("through role bindings: $name", ({ rule, inert }) => {
    expect(inertReason(aRule(rule), false, catalog)).toBe(inert);
  });

  it("without discovery nothing is said to be missing", () => {
    expect(inertReason(aRule({ resources: ["unicorns"] }), false, resourceCatalog([]))).toBeNull();
  });
});
