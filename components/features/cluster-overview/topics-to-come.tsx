import { SeverityShape } from "#components/ui/severity-mark.tsx";
import { topicLabel } from "#components/ui/topic-label.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { TopicStateView } from "#lib/contracts/clusters.ts";

/** The topics that this version says nothing about: neither pass nor fail, and not left out in silence. */
export function TopicsToCome({ topics }: { readonly topics: readonly TopicStateView[] }) {
  if (topics.length === 0) return null;
  return (
    <article className="rounded-r3 border border-dashed border-line-strong p-3.5 md:col-span-1 xl:col-span-2">
      <h2 className="mb-1.5 text-sm font-medium text-ink-3">Not looked at by this version</h2>
      <ul className="grid grid-cols-1 gap-x-6 gap-y-1 xl:grid-cols-2">
        {topics.map((state) => (
          <li key={state.topic} className="flex items-baseline gap-2 text-sm">
            <SeverityShape level="none" className="size-2.5" />
            <span className="text-ink-3">
              <span className="font-medium text-ink-2">{topicLabel(state.topic)}.</span>{" "}
              <VisibleText text={state.sentence} />
            </span>
          </li>
        ))}
      </ul>
    </article>
  );
}
