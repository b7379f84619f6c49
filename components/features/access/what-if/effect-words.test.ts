import { expect, it } from "vitest";
import { objectEffectSchema } from "#lib/contracts/what-if.ts";
import { EFFECT_WORDS, extentText } from "./effect-words.ts";

const some = (count: number, shown = count) => ({ count, items: Array.from({ length: shown }) });

it.each([
  { name: "nothing", gained: some(0), lost: some(0), text: "" },
  { name: "one of each", gained: some(1), lost: some(1), text: "1 appears, 1 vanishes" },
  { name: "several", gained: some(3), lost: some(0), text: "3 appear" },
  { name: "a list that was cut", gained: some(1204, 200), lost: some(2), text: "first 200 of 1,204 appear, 2 vanish" },
])("says $name", ({ gained, lost, text }) => {
  expect(extentText(gained, lost)).toBe(text);
});

it("every effect has a word of its own", () => {
  const words = objectEffectSchema.options.map((effect) => EFFECT_WORDS[effect].word);
  expect(new Set(words).size).toBe(objectEffectSchema.options.length);
});
