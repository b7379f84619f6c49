import { describe, expect, it } from "vitest";
import { asQuestion, resourceNames } from "./who-can-question.ts";

const BLANK = { verb: "", resource: "", namespace: "", name: "", path: "" };

describe("asQuestion", () => {
  it.each([
    {
      name: "spaces around the words are dropped",
      blanks: { ...BLANK, verb: " get ", resource: "secrets ", namespace: " a", name: "b " },
      question: { ...BLANK, verb: "get", resource: "secrets", namespace: "a", name: "b" },
    },
    {
      name: "a resource with a leading slash is a path",
      blanks: { ...BLANK, verb: "get", resource: "/metrics", namespace: "a" },
      question: { ...BLANK, verb: "get", path: "/metrics" },
    },
    {
      name: "a path from the URL stays a path",
      blanks: { ...BLANK, verb: "get", path: "/healthz", name: "x" },
      question: { ...BLANK, verb: "get", path: "/healthz" },
    },
    {
      name: "a subresource is not a path",
      blanks: { ...BLANK, verb: "create", resource: "pods/exec" },
      question: { ...BLANK, verb: "create", resource: "pods/exec" },
    },
  ])("$name", ({ blanks, question }) => {
    expect(asQuestion(blanks)).toEqual(question);
  });
});

describe("resourceNames", () => {
  it("puts the group before the subresource, and none for the core group", () => {
    const of = (resource: string, group: string) => ({ resource, group, namespaced: true, verbs: [] });
    const resources = [of("pods", ""), of("pods/exec", ""), of("deployments", "apps"), of("deployments/scale", "apps")];
    expect(resourceNames({ namespaces: [], verbs: [], resources })).toEqual([
      "pods",
      "pods/exec",
      "deployments.apps",
      "deployments.apps/scale",
    ]);
  });
});
