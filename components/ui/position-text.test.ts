import { expect, it } from "vitest";
import { ApiError } from "#lib/client/api-error.ts";
import { positionText } from "./position-text.ts";

const detail = { code: "invalid_input", message: "Not YAML.", requestId: null };

it.each([
  { name: "an error of the page", error: new Error("x"), text: "otherwise" },
  { name: "an answer without a place", error: new ApiError(400, detail), text: "Not YAML." },
  {
    name: "line, column, field and hint",
    error: new ApiError(400, { ...detail, hint: "Mend it.", position: { line: 3, column: 7, field: "document 1" } }),
    text: "line 3, column 7, document 1: Not YAML. Mend it.",
  },
  {
    name: "a field alone",
    error: new ApiError(400, { ...detail, position: { file: "the text", field: "document 2: roleRef" } }),
    text: "document 2: roleRef: Not YAML.",
  },
])("says $name", ({ error, text }) => {
  expect(positionText(error, "otherwise")).toBe(text);
});
