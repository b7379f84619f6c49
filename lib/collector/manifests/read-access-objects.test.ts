import { describe, expect, it } from "vitest";
import { refuseInvalid } from "#lib/analysis/what-if/refuse-invalid.ts";
import { AppError } from "#lib/model/app-error.ts";
import { readAccessObjects } from "./read-access-objects.ts";

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: r
rules:
  - verbs: [get]
    apiGroups: [""]
    resources: [pods]
`;

/** Message and position of the first problem, or null. */
function problemOf(text: string, max = 200) {
  try {
    readAccessObjects({ name: "text", text }, max, refuseInvalid);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, message: error.message, position: error.position };
  }
}

describe("readAccessObjects", () => {
  it("reads documents and lists, with the namespace that kubectl would send", () => {
    const list = JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [
        { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "a", namespace: "shop" } },
        { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "c" }, rules: [] },
      ],
    });
    expect(readAccessObjects({ name: "text", text: ROLE }, 9, refuseInvalid).map(({ ref }) => ref)).toEqual([
      { group: "rbac.authorization.k8s.io", kind: "Role", namespace: "default", name: "r" },
    ]);
    expect(readAccessObjects({ name: "text", text: list }, 9, refuseInvalid).map(({ ref }) => ref)).toEqual([
      { group: "", kind: "ServiceAccount", namespace: "shop", name: "a" },
      { group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "c" },
    ]);
  });

  it("tells line, document and field of what the API server would refuse", () => {
    expect(problemOf(`${ROLE}---\n${ROLE.replace("verbs: [get]", "verbs: []")}`)).toMatchObject({
      code: "invalid_input",
      position: { file: "text", line: 15, field: "document 2: rules[0].verbs" },
    });
    expect(problemOf(ROLE.replace("name: r", "name: a/b"))).toMatchObject({
      position: { line: 4, field: "document 1: metadata.name" },
    });
    expect(problemOf(ROLE.replace("verbs: [get]", "verbs: get"))).toMatchObject({ position: { line: 6 } });
    expect(problemOf("apiVersion: v1\nkind: ServiceAccount\nmetadata: {}\n")).toMatchObject({
      position: { line: 3, field: "document 1: metadata.name" },
    });
  });

  it("refuses other kinds and too many objects, and text that does not parse with its line", () => {
    expect(problemOf("apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n")).toMatchObject({
      code: "invalid_input",
      position: { line: 2, field: "document 1: kind" },
    });
    expect(problemOf(`${ROLE}---\n${ROLE}`, 1)).toMatchObject({ code: "too_large", position: { field: "document 2" } });
    expect(problemOf("a: b\n c: d\n")).toMatchObject({
      code: "invalid_input",
      position: { file: "text", line: expect.any(Number) },
    });
  });

  it("takes what a JSON list or a name of JavaScript holds as it stands", () => {
    const text = JSON.stringify([{ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "constructor" } }]);
    expect(readAccessObjects({ name: "text", text: text }, 9, refuseInvalid)[0]?.ref.name).toBe("constructor");
    expect(problemOf(text.replace('"constructor"', "7"))).toMatchObject({ position: { line: 1 } });
  });
});
