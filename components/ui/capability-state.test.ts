import { expect, it } from "vitest";
import { capabilityLevel, capabilityWord } from "./capability-state.ts";

it.each([
  { state: "proven", level: "critical", word: "Critical" },
  { state: "latent", level: "none", word: "Latent" },
  { state: "blocked", level: "none", word: "Blocked" },
] as const)("only what works now is marked as a risk: $state", ({ state, level, word }) => {
  const capability = { severity: "critical", state } as const;
  expect(capabilityLevel(capability)).toBe(level);
  expect(capabilityWord(capability)).toBe(word);
});
