import { checkAccess, LIVE_CHECK_RIGHT, type CheckOutcome } from "../collector/index.ts";
import { MOST_REVIEWS } from "../contracts/access-check.ts";
import type { PathStep } from "../contracts/paths.ts";
import { accessReviewKey, type AccessReview } from "../model/access.ts";
import { AppError } from "../model/app-error.ts";
import { connectSource, type SourceValues } from "./source.ts";
import type { Terminal } from "./terminal.ts";

/** What the API server says to the needs of paths. */
export type LiveAnswers = (need: PathStep["needs"][number]) => CheckOutcome | null;

/**
 * Asks the API server of a live source about these steps, each question once.
 * @returns A function that gives the answer to a need: the worst of its questions; null where nothing can be asked.
 * @throws AppError `cluster_forbidden` when the credential may not ask, and as `checkAccess`.
 */
export async function askLive(
  values: SourceValues,
  steps: readonly PathStep[],
  terminal: Terminal,
): Promise<LiveAnswers> {
  const reviews = new Map<string, AccessReview>();
  for (const { needs } of steps)
    for (const need of needs) for (const review of need.reviews) reviews.set(accessReviewKey(review), review);
  const answers = await ask(values, [...reviews.values()], terminal);
  return ({ reviews: asked }) => {
    const outcomes = asked.flatMap((review) => answers.get(accessReviewKey(review)) ?? []);
    return (
      outcomes.find(({ answer }) => answer === "denied") ??
      outcomes.find(({ answer }) => answer === "unknown") ??
      outcomes[0] ??
      null
    );
  };
}

async function ask(
  values: SourceValues,
  reviews: readonly AccessReview[],
  terminal: Terminal,
): Promise<ReadonlyMap<string, CheckOutcome>> {
  const answers = new Map<string, CheckOutcome>();
  const connection = await connectSource(values);
  const stop = new AbortController();
  const release = terminal.onInterrupt(() => stop.abort());
  try {
    for (let start = 0; start < reviews.length; start += MOST_REVIEWS) {
      const part = reviews.slice(start, start + MOST_REVIEWS);
      const check = await checkAccess(connection, part, {
        signal: stop.signal,
        onProgress: (done) => terminal.progress(`Asking the API server · ${start + done} of ${reviews.length}`),
      });
      if (check.type === "refused")
        throw new AppError("cluster_forbidden", `The credential lacks the right to ${LIVE_CHECK_RIGHT}.`, {
          hint: "kordon rbac-manifest --with-live-check prints the role that gives it.",
        });
      check.outcomes.forEach((outcome, index) => {
        const review = part[index];
        if (review) answers.set(accessReviewKey(review), outcome);
      });
    }
  } finally {
    terminal.progress("");
    release();
  }
  return answers;
}
