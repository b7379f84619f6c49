import { describe, expect, it } from "vitest";
import { absoluteTimeText, relativeTimeText } from "./relative-time-text.ts";

const NOW = Date.UTC(2026, 10, 23, 15, 0);

describe("relativeTimeText", () => {
  it.each([
    { name: "under a minute is now", at: NOW - 59_999, text: "now" },
    { name: "minutes are rounded down", at: NOW - 12.9 * 60_000, text: "12 min" },
    { name: "an hour starts at 60 minutes", at: NOW - 3_600_000, text: "1 h" },
    { name: "a day starts at 24 hours", at: NOW - 86_400_000, text: "1 d" },
    { name: "old times stay in days", at: NOW - 377 * 86_400_000, text: "377 d" },
    { name: "times ahead say so", at: NOW + 5 * 60_000, text: "in 5 min" },
  ])("$name", ({ at, text }) => {
    expect(relativeTimeText(at, NOW)).toBe(text);
  });
});

describe("absoluteTimeText", () => {
  it("is written in UTC whatever the machine's zone", () => {
    expect(absoluteTimeText(Date.UTC(2026, 0, 3, 9, 5))).toBe("3 Jan 2026, 09:05 UTC");
  });
});
