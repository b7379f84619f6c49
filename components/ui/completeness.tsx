"use client";

import { Popover } from "./popover.tsx";
import { SeverityShape } from "./severity-mark.tsx";
import { VisibleText } from "./visible-text.tsx";

/** One thing that could not be read, and why. */
export type CompletenessGap = { readonly what: string; readonly why: string };

export type CompletenessProps = {
  /** "64 of 64 kinds read". */
  readonly summary: string;
  /** Empty when nothing is missing. */
  readonly gaps: readonly CompletenessGap[];
};

/** How complete the data of a card is; when something is missing, a button tells what and why. */
export function Completeness({ summary, gaps }: CompletenessProps) {
  if (gaps.length === 0) return <span className="text-sm whitespace-nowrap text-ink-3">{summary}</span>;
  return (
    <Popover
      title="What could not be read"
      trigger={
        <button
          type="button"
          className="inline-flex min-h-6 items-center gap-1.5 rounded-r1 px-1.5 text-sm text-unknown underline decoration-dotted underline-offset-2 hover:bg-hover hover:text-ink"
        >
          <SeverityShape level="unknown" />
          {summary}
        </button>
      }
    >
      <p className="mb-2 text-sm text-ink-2">Verdicts that rest on these are “not known”, never “pass”.</p>
      <ul className="divide-y divide-line">
        {gaps.map((gap, index) => (
          <li key={index} className="py-1.5">
            <div className="font-mono text-sm font-medium [overflow-wrap:anywhere]">
              <VisibleText text={gap.what} />
            </div>
            <div className="text-sm text-ink-2">
              <VisibleText text={gap.why} />
            </div>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
