import type { Mark } from "#lib/contracts/common.ts";
import type { SeverityLevel } from "./severity-mark.tsx";

/** How a mark of the API is drawn. What Kordon does not look at yet is neither a pass nor a risk. */
export function markLevel(mark: Mark): SeverityLevel {
  return mark === "not-built" ? "none" : mark;
}

/** The word of a mark where its level's own would mislead. */
export function markWord(mark: Mark): string | undefined {
  return mark === "not-built" ? "Not looked at yet" : undefined;
}
