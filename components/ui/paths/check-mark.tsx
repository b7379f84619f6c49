import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { VisibleText } from "../visible-text.tsx";
import { askerText, outcomeOf, type CheckAnswers, type Need } from "./check-words.ts";

/** What the API server said about one right: a shape and words; nothing where the right was not asked about. */
export function CheckMark({ need, answers }: { readonly need: Need; readonly answers: CheckAnswers }) {
  const [first] = need.reviews;
  const outcome = outcomeOf(need, answers);
  if (!outcome || !first)
    return <CheckLine tone="none">Not asked: no binding gives it before that step is taken</CheckLine>;
  const asker = (
    <span className="text-ink-3">
      {" · asked as "}
      <VisibleText text={askerText(first)} />
    </span>
  );
  switch (outcome.answer) {
    case "allowed":
      return (
        <CheckLine tone="yes">
          <b className="font-medium">The API server agrees</b>
          {asker}
        </CheckLine>
      );
    case "denied":
      return (
        <CheckLine tone="no">
          <b className="font-medium">The API server says no</b>
          {asker}
        </CheckLine>
      );
    case "unknown":
      return (
        <CheckLine tone="unknown">
          <b className="font-medium">Not known:</b> {outcome.reason}
          {asker}
        </CheckLine>
      );
  }
}

type Tone = "yes" | "no" | "unknown" | "none";

const TONES: Readonly<Record<Tone, { readonly className: string; readonly icon: ReactNode }>> = {
  yes: { className: "text-accent-ink", icon: <CircleCheck aria-hidden="true" className="size-3.5" /> },
  no: { className: "text-high", icon: <CircleX aria-hidden="true" className="size-3.5" /> },
  unknown: { className: "text-unknown", icon: <CircleDashed aria-hidden="true" className="size-3.5" /> },
  none: { className: "text-ink-3", icon: null },
};

/** One line with the shape of its answer. */
export function CheckLine({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const { className, icon } = TONES[tone];
  return (
    <p className={cx("flex items-start gap-1.5 text-sm", className)}>
      {icon !== null && <span className="flex h-5 shrink-0 items-center">{icon}</span>}
      <span className="min-w-0 leading-5 [overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}
