import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitVisibleText, toVisibleText } from "./visible-text.ts";

describe("toVisibleText", () => {
  it.each([
    { name: "plain names stay", text: "kube-system/coredns", visible: "kube-system/coredns" },
    { name: "the empty text stays empty", text: "", visible: "" },
    { name: "accents, other scripts and emoji stay", text: "größe 決済 🚀", visible: "größe 決済 🚀" },
    {
      name: "markup is text like any other",
      text: "<img src=x onerror=alert(1)>",
      visible: "<img src=x onerror=alert(1)>",
    },
    { name: "right-to-left override shows", text: "admin\u202Enimda", visible: "admin⟨U+202E⟩nimda" },
    { name: "isolates show", text: "\u2066a\u2069", visible: "⟨U+2066⟩a⟨U+2069⟩" },
    { name: "zero-width space and joiner show", text: "a\u200Bb\u200Dc", visible: "a⟨U+200B⟩b⟨U+200D⟩c" },
    { name: "byte order mark shows", text: "\uFEFFdefault", visible: "⟨U+FEFF⟩default" },
    { name: "soft hyphen shows", text: "pay\u00ADments", visible: "pay⟨U+00AD⟩ments" },
    { name: "terminal escape shows", text: "\u001B[31mred", visible: "⟨U+001B⟩[31mred" },
    { name: "line breaks and tabs show", text: "a\r\n\tb", visible: "a⟨U+000D⟩⟨U+000A⟩⟨U+0009⟩b" },
    { name: "line separator shows", text: "a\u2028b", visible: "a⟨U+2028⟩b" },
    { name: "no-break and wide spaces show", text: "a\u00A0b\u3000c d", visible: "a⟨U+00A0⟩b⟨U+3000⟩c d" },
    { name: "blank letters show", text: "\u3164\u2800", visible: "⟨U+3164⟩⟨U+2800⟩" },
    { name: "tag characters beyond the first plane show", text: "x\u{E0041}", visible: "x⟨U+E0041⟩" },
    { name: "a lone surrogate shows", text: "a\uD800", visible: "a⟨U+D800⟩" },
    { name: "a written escape cannot pass for a real one", text: "⟨U+202E⟩", visible: "⟨U+27E8⟩U+202E⟩" },
  ])("$name", ({ text, visible }) => {
    expect(toVisibleText(text)).toBe(visible);
  });

  it("gives different results for different texts", () => {
    const anyText = fc.string({
      unit: fc.constantFrom("a", "⟨", "⟩", "U", "+", "2", "0", "\u202E", "\u200B", " ", "\u2800"),
    });
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        expect(toVisibleText(left) === toVisibleText(right)).toBe(left === right);
      }),
    );
  });
});

describe("splitVisibleText", () => {
  it("joins to the visible text and keeps the order", () => {
    expect(splitVisibleText("a\u202Eb")).toEqual([
      { kind: "plain", text: "a" },
      { kind: "escaped", text: "⟨U+202E⟩" },
      { kind: "plain", text: "b" },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const joined = splitVisibleText(text).map((part) => part.text);
        expect(joined.join("")).toBe(toVisibleText(text));
      }),
    );
  });
});
