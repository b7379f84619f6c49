import { describe, expect, it } from "vitest";
import { formatRemovedObject, parseRemovedObject } from "./removed-object.ts";

describe("parseRemovedObject", () => {
  it.each([
    { text: "ClusterRoleBinding/ci-deployer", object: { kind: "ClusterRoleBinding", name: "ci-deployer" } },
    { text: "RoleBinding/shop/editors", object: { kind: "RoleBinding", namespace: "shop", name: "editors" } },
    { text: "ServiceAccount/ci/deployer", object: { kind: "ServiceAccount", namespace: "ci", name: "deployer" } },
    { text: "ClusterRole/system:a/b", object: { kind: "ClusterRole", name: "system:a/b" } },
    { text: "Role/shop/a/b", object: { kind: "Role", namespace: "shop", name: "a/b" } },
    { text: "ClusterRole/__proto__", object: { kind: "ClusterRole", name: "__proto__" } },
  ])("reads $text, and writes it again", ({ text, object }) => {
    expect(parseRemovedObject(text)).toEqual(object);
    expect(formatRemovedObject(object)).toBe(text);
  });

  it.each([
    { name: "nothing", text: "" },
    { name: "a kind alone", text: "ClusterRole" },
    { name: "no name", text: "ClusterRole/" },
    { name: "a namespaced kind without a namespace", text: "RoleBinding/editors" },
    { name: "an empty namespace", text: "RoleBinding//editors" },
    { name: "a kind that cannot be compared", text: "Pod/shop/web" },
    { name: "another case", text: "clusterrole/admin" },
    { name: "a name of objects", text: "__proto__/x/y" },
    { name: "a name beyond every limit", text: `ClusterRole/${"x".repeat(1001)}` },
  ])("refuses $name", ({ text }) => {
    expect(parseRemovedObject(text)).toBeNull();
  });
});
