import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { EXAMPLES, withText } from "./examples.ts";

describe("withText", () => {
  const [first, second] = EXAMPLES;

  it.each([
    { name: "an empty editor", text: " \n" },
    { name: "an example that was not touched", text: second?.text ?? "" },
  ])("takes the place of $name", ({ text }) => {
    expect(withText(text, first?.text ?? "")).toBe(first?.text);
  });

  it("comes after what somebody wrote, as a document of its own", () => {
    const text = withText("kind: Role\n\n", "kind: RoleBinding\n");
    expect(parseAllDocuments(text).map((document): unknown => document.toJS())).toEqual([
      { kind: "Role" },
      { kind: "RoleBinding" },
    ]);
  });
});

it.each(EXAMPLES)("$label: every binding gives a role of the example", ({ text }) => {
  const objects = parseAllDocuments(text).map(
    (document) =>
      document.toJS() as {
        kind: string;
        metadata: { name: string; namespace?: string };
        roleRef?: { kind: string; name: string };
      },
  );
  for (const { roleRef, metadata } of objects) {
    if (!roleRef) continue;
    const role = objects.find(({ kind, metadata: { name } }) => kind === roleRef.kind && name === roleRef.name);
    expect(role?.metadata.namespace).toBe(metadata.namespace);
    expect(role).toBeDefined();
  }
});
