import { expect, it } from "vitest";
import { formatTable } from "./terminal.ts";

it("aligns columns and leaves no blanks at the end of a line", () => {
  expect(
    formatTable(
      ["A", "LONG"],
      [
        ["value", "x"],
        ["v", "yy"],
      ],
    ),
  ).toBe("A      LONG\nvalue  x\nv      yy\n");
});

it("shows control and bidi characters as escapes", () => {
  expect(formatTable(["A"], [["\u001b[2Jx\u202e\n"]])).toBe("A\n⟨U+001B⟩[2Jx⟨U+202E⟩⟨U+000A⟩\n");
});
