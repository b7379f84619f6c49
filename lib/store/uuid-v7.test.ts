import { expect, it } from "vitest";
import { uuidV7 } from "./uuid-v7.ts";

it("has the form of version 7 with the time in front", () => {
  const id = uuidV7(Date.UTC(2126, 0, 1));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2126, 0, 1));
});

it("sorts in the order of creation, also within a millisecond and when the clock steps back", () => {
  const now = Date.UTC(2127, 0, 1);
  const ids = Array.from({ length: 10_000 }, (_, index) => uuidV7(now - (index % 3)));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
