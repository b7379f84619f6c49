import type { AccessCheck, ReviewOutcome } from "#lib/contracts/access-check.ts";
import type { AttackPathView, PathStep } from "#lib/contracts/paths.ts";
import { accessReviewKey, type AccessReview } from "#lib/model/access.ts";

export type Need = PathStep["needs"][number];

/** Answers of a check by question. */
export type CheckAnswers = ReadonlyMap<string, ReviewOutcome>;

/** The answers of a check by question; null where it has none. */
export function answersOf(check: AccessCheck | null): CheckAnswers | null {
  if (check?.type !== "answered") return null;
  return new Map(check.answers.map(({ review, outcome }) => [accessReviewKey(review), outcome]));
}

/** Rights of a path that the API server can be asked about. */
export function askableNeeds({ steps }: AttackPathView): readonly Need[] {
  return steps.flatMap(({ needs }) => needs.filter(({ reviews }) => reviews.length > 0));
}

/** What the API server says about a right: yes to all its questions, no to one, or not known. Null where nothing was asked. */
export function outcomeOf({ reviews }: Need, answers: CheckAnswers): ReviewOutcome | null {
  if (reviews.length === 0) return null;
  const outcomes = reviews.map((review) => answers.get(accessReviewKey(review)));
  const denied = outcomes.find((outcome) => outcome?.answer === "denied");
  if (denied) return denied;
  const unknown = outcomes.find((outcome) => outcome?.answer === "unknown");
  if (unknown) return unknown;
  return outcomes.every((outcome) => outcome?.answer === "allowed")
    ? { answer: "allowed" }
    : { answer: "unknown", reason: "it was not part of this check" };
}

export interface CheckCount {
  readonly asked: number;
  readonly allowed: number;
  readonly denied: number;
  readonly unknown: number;
}

export function countOutcomes(path: AttackPathView, answers: CheckAnswers): CheckCount {
  const outcomes = askableNeeds(path).map((need) => outcomeOf(need, answers)?.answer);
  const count = (wanted: ReviewOutcome["answer"]) => outcomes.filter((answer) => answer === wanted).length;
  return { asked: outcomes.length, allowed: count("allowed"), denied: count("denied"), unknown: count("unknown") };
}

/** "6 of 6 rights confirmed on the live cluster"; refused ones and those that are not known are said too. */
export function summaryText({ asked, allowed, denied, unknown }: CheckCount): string {
  const parts = [`${allowed} of ${asked} ${asked === 1 ? "right" : "rights"} confirmed on the live cluster`];
  if (denied > 0) parts.push(`${denied} refused`);
  if (unknown > 0) parts.push(`${unknown} not known`);
  return parts.join(", ");
}

/** Who the question was asked for: a user name, or groups alone. */
export function askerText({ who }: AccessReview): string {
  if (who.user !== "") return who.user;
  return `any member of ${who.groups.join(", ")}`;
}
