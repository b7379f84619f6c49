import { describe, expect, it } from "vitest";
import { objectHref, objectKey, parseObjectKey } from "./object-key.ts";

describe("objectKey", () => {
  it.each([
    { name: "cluster-scoped", object: { kind: "ClusterRole", namespace: "", name: "system:node" } },
    { name: "namespaced", object: { kind: "Role", namespace: "payments", name: "reader" } },
    { name: "names with separators", object: { kind: "Role", namespace: "a", name: "b/c:d" } },
    { name: "names with line breaks", object: { kind: "Role", namespace: "a", name: "b\nc" } },
  ])("is read back: $name", ({ object }) => {
    expect(parseObjectKey(objectKey(object))).toEqual(object);
  });

  it("refuses text of another form", () => {
    expect(parseObjectKey("")).toBeNull();
    expect(parseObjectKey("Role")).toBeNull();
    expect(parseObjectKey("Role:a/")).toBeNull();
  });
});

describe("objectHref", () => {
  it("escapes names", () => {
    expect(objectHref("c1", { kind: "Role", namespace: "a", name: "x&tab=subjects" })).toBe(
      "/clusters/c1/access?tab=roles&open=Role%3Aa%2Fx%26tab%3Dsubjects",
    );
  });

  it("leads to the list of the kind", () => {
    expect(objectHref("c1", { kind: "ClusterRoleBinding", name: "a" })).toContain("tab=bindings");
    expect(objectHref("c1", { kind: "ClusterRole", name: "a" })).toContain("tab=roles");
  });
});
