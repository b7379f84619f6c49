import { describe, expect, it } from "vitest";
import { parseManifests } from "./manifests.ts";

describe("parseManifests", () => {
  it("takes lists apart, typed ones included, and keeps the order", () => {
    const { objects, unreadable } = parseManifests(
      [
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}",
        "# only a comment",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleList\nitems: [{metadata: {name: r, namespace: a}}]",
        '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}]}',
      ].join("\n---\n"),
    );
    expect(objects.map(({ kind, namespace, name }) => [kind, namespace, name])).toEqual([
      ["Namespace", undefined, "a"],
      ["Role", "a", "r"],
      ["Pod", undefined, "p"],
    ]);
    expect(unreadable).toEqual([]);
  });

  it.each([
    { name: "octal modes are numbers", text: "0644", value: 420 },
    { name: "dates stay text", text: "2024-01-01", value: "2024-01-01" },
    { name: "times stay text", text: "10:30:00", value: "10:30:00" },
  ])("$name", ({ text, value }) => {
    const { objects } = parseManifests(
      `{apiVersion: v1, kind: X, metadata: {name: x}, spec: ${text}}`.replaceAll(",", ", "),
    );
    expect(objects[0]?.object["spec"]).toBe(value);
  });

  it("drops what the server owns", () => {
    const { objects } = parseManifests(
      "{apiVersion: v1, kind: Pod, metadata: {name: p, uid: u, resourceVersion: '1'}, status: {phase: Running}}",
    );
    expect(objects[0]?.object).toEqual({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" } });
  });

  it.each([
    { name: "broken YAML", text: "a: [1" },
    { name: "a document that is no object", text: "just words" },
    { name: "an object without a kind", text: "apiVersion: v1" },
  ])("names the source of $name", ({ text }) => {
    expect(parseManifests(text, "file.yaml").unreadable.map(({ source }) => source)).toEqual(["file.yaml"]);
  });
});
