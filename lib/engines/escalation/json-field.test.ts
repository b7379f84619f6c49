import { expect, it } from "vitest";
import { jsonField, jsonList, jsonText } from "./json-field.ts";

it("reads own fields of objects only", () => {
  expect(jsonField({ a: 1 }, "a")).toBe(1);
  expect(jsonField({}, "toString")).toBeUndefined();
  expect(jsonField([1], "0")).toBeUndefined();
  expect(jsonField(null, "a")).toBeUndefined();
  expect(jsonField("text", "length")).toBeUndefined();
});

it("takes lists and texts for what they are", () => {
  expect(jsonList([1, 2])).toEqual([1, 2]);
  expect(jsonList({ 0: 1 })).toEqual([]);
  expect(jsonText("a")).toBe("a");
  expect(jsonText(1)).toBeUndefined();
});
