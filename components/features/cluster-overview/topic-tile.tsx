import Link from "next/link";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { cx } from "#components/ui/cx.ts";
import { markLevel, markWord } from "#components/ui/mark-level.ts";
import { Meter } from "#components/ui/meter.tsx";
import { SeverityMark, severityWord } from "#components/ui/severity-mark.tsx";
import { topicLabel } from "#components/ui/topic-label.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { TopicStateView } from "#lib/contracts/clusters.ts";

export type TopicTileProps = { readonly clusterId: string; readonly state: TopicStateView };

/** One topic in a sentence, how it is made up, and how much of it could be read. */
export function TopicTile({ clusterId, state }: TopicTileProps) {
  const href = state.topic === "access" ? `/clusters/${clusterId}/access` : null;
  return (
    <article
      className={cx(
        "relative flex min-h-32 flex-col rounded-r3 border border-line bg-surface p-3.5",
        href && "transition-colors hover:border-line-strong",
      )}
    >
      <div className="mb-1 flex items-center justify-between gap-2">
        <h2 className="text-sm font-medium text-ink-3">
          {href ? (
            <Link href={href} className="rounded-r1 after:absolute after:inset-0 after:rounded-r3">
              {topicLabel(state.topic)}
            </Link>
          ) : (
            topicLabel(state.topic)
          )}
        </h2>
        <span className="relative z-[1]">
          <CoverageNote completeness={state.completeness} />
        </span>
      </div>
      <p className="mb-3 text-md text-pretty">
        <VisibleText text={state.sentence} />
      </p>
      <div className="mt-auto">
        {state.counts.length > 0 && (
          <Meter
            label={topicLabel(state.topic)}
            segments={state.counts.map(({ mark, count }) => ({
              level: markLevel(mark),
              count,
              label: (markWord(mark) ?? severityWord(markLevel(mark))).toLowerCase(),
            }))}
          />
        )}
        <div className="mt-2.5 flex flex-wrap items-center gap-x-3 text-sm text-ink-2">
          <SeverityMark level={markLevel(state.mark)} label={markWord(state.mark)} />
          {state.counts.length > 0 && <span className="text-ink-2 tabular-nums">{countsText(state)}</span>}
        </div>
      </div>
    </article>
  );
}

function countsText(state: TopicStateView): string {
  return state.counts
    .filter(({ count }) => count > 0)
    .map(
      ({ mark, count }) =>
        `${count.toLocaleString("en")} ${(markWord(mark) ?? severityWord(markLevel(mark))).toLowerCase()}`,
    )
    .join(" · ");
}
