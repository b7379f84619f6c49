import { describe, expect, it } from "vitest";
import type { ReviewOutcome } from "#lib/contracts/access-check.ts";
import type { AttackPathView } from "#lib/contracts/paths.ts";
import type { AccessReview } from "#lib/model/access.ts";
import {
  answersOf,
  askerText,
  countOutcomes,
  outcomeOf,
  summaryText,
  type CheckAnswers,
  type Need,
} from "./check-words.ts";

const review = (verb: string, user = "__proto__"): AccessReview => ({
  who: { user, groups: ["system:authenticated"] },
  request: { verb, apiGroup: "", resource: "secrets", subresource: "", namespace: "", name: "" },
});
const need = (...verbs: readonly string[]): Need => ({
  request: verbs.join(),
  grant: null,
  otherGrants: 0,
  reviews: verbs.map((verb) => review(verb)),
});
type GivenAnswer = readonly [verb: string, answer: ReviewOutcome["answer"]];
const check = (...answers: readonly GivenAnswer[]) => ({
  type: "answered" as const,
  scanId: "scan",
  server: "https://a",
  checkedAt: "2026-01-01T00:00:00.000Z",
  answers: answers.map(([verb, answer]) => ({
    review: review(verb),
    outcome: answer === "unknown" ? { answer, reason: "why" } : { answer },
  })),
});
const answers = (...given: readonly GivenAnswer[]): CheckAnswers => answersOf(check(...given)) ?? new Map();

describe("outcomeOf", () => {
  it.each([
    {
      name: "yes to every question",
      given: [
        ["get", "allowed"],
        ["list", "allowed"],
      ],
      is: { answer: "allowed" },
    },
    {
      name: "a no beside a yes",
      given: [
        ["get", "allowed"],
        ["list", "denied"],
      ],
      is: { answer: "denied" },
    },
    {
      name: "a no beside an unknown",
      given: [
        ["get", "unknown"],
        ["list", "denied"],
      ],
      is: { answer: "denied" },
    },
    {
      name: "an unknown beside a yes",
      given: [
        ["get", "allowed"],
        ["list", "unknown"],
      ],
      is: { answer: "unknown", reason: "why" },
    },
    {
      name: "a question without an answer",
      given: [["get", "allowed"]],
      is: { answer: "unknown", reason: "it was not part of this check" },
    },
  ] as const)("is right for $name", ({ given, is }) => {
    expect(outcomeOf(need("get", "list"), answers(...given))).toEqual(is);
  });

  it("is nothing where nothing was asked", () => {
    expect(outcomeOf(need(), answers())).toBeNull();
  });

  it("does not take the answer that somebody else got", () => {
    const other = { ...need("get"), reviews: [review("get", "bob")] };
    expect(outcomeOf(other, answers(["get", "allowed"]))).toMatchObject({ answer: "unknown" });
  });
});

it("counts rights, not questions, and leaves out what cannot be asked", () => {
  const path = { steps: [{ needs: [need("get", "list"), need()] }, { needs: [need("watch"), need("patch")] }] };
  const given = answers(["get", "allowed"], ["list", "allowed"], ["watch", "denied"], ["patch", "unknown"]);
  const count = countOutcomes(path as unknown as AttackPathView, given); // only the needs are looked at
  expect(count).toEqual({ asked: 3, allowed: 1, denied: 1, unknown: 1 });
  expect(summaryText(count)).toBe("1 of 3 rights confirmed on the live cluster, 1 refused, 1 not known");
  expect(summaryText({ asked: 1, allowed: 1, denied: 0, unknown: 0 })).toBe(
    "1 of 1 right confirmed on the live cluster",
  );
});

it("has no answers for a check that was refused or is not there", () => {
  expect(answersOf(null)).toBeNull();
  const refused = { ...check(), type: "refused" as const, missing: "", identity: null, clusterRole: "" };
  expect(answersOf(refused)).toBeNull();
});

it("names a user, or the groups where there is none", () => {
  expect(askerText(review("get", "alice"))).toBe("alice");
  expect(askerText({ ...review("get"), who: { user: "", groups: ["devs"] } })).toBe("any member of devs");
});
