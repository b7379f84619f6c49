import { expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { liveCheckRole } from "./live-check-role.ts";

const documents = (username: string): readonly unknown[] =>
  parseAllDocuments(liveCheckRole(username)).map((document): unknown => document.toJS());

it("gives one right and nothing else", () => {
  expect(documents("alice")[0]).toMatchObject({
    kind: "ClusterRole",
    rules: [{ apiGroups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"], verbs: ["create"] }],
  });
});

it.each([
  {
    username: "system:serviceaccount:tools:kordon",
    subject: { kind: "ServiceAccount", name: "kordon", namespace: "tools" },
  },
  {
    username: "alice@example.com",
    subject: { apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "alice@example.com" },
  },
  {
    username: "a\n---\nkind: Secret",
    subject: { apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "a\n---\nkind: Secret" },
  },
])("binds it to $username alone", ({ username, subject }) => {
  const [role, binding, ...others] = documents(username);
  expect(others).toEqual([]);
  expect(role).toMatchObject({ metadata: { name: "kordon-live-check" } });
  expect(binding).toMatchObject({
    kind: "ClusterRoleBinding",
    roleRef: { name: "kordon-live-check" },
    subjects: [subject],
  });
});
