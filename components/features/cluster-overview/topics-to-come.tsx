import { SeverityShape } from "#components/ui/severity-mark.tsx";
import { topicLabel } from "#components/ui/topic-label.ts";
import type { TopicStateView } from "#lib/contracts/clusters.ts";

/** The topics that this version says nothing about: neither pass nor fail, and not left out in silence. */
export function TopicsToCome({ topics }: { readonly topics: readonly TopicStateView[] }) {
  if (topics.length === 0) return null;
  return (
    <article className="rounded-r3 border border-dashed border-line-strong p-3.5 md:col-span-1 xl:col-span-2">
      <h2 className="mb-1.5 text-sm font-medium text-ink-3">Not looked at by this version</h2>
      <p className="mb-2.5 text-sm text-pretty text-ink-3">
        Their objects are read and kept with the scan; no verdict is given on them, neither pass nor fail.
      </p>
      <ul className="flex flex-wrap gap-x-6 gap-y-1">
        {topics.map(({ topic }) => (
          <li key={topic} className="flex items-baseline gap-2 text-sm font-medium text-ink-2">
            <SeverityShape level="none" className="size-2.5" />
            {topicLabel(topic)}
          </li>
        ))}
      </ul>
    </article>
  );
}
