import { Callout } from "#components/ui/callout.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";

/** What the log cannot show; always there, because a log never shows everything. */
export function PlanNotes({ notes }: { readonly notes: readonly string[] }) {
  return (
    <div className="p-3.5">
      <Callout tone="none" title="Before you apply this">
        <ul className="list-disc pl-4 marker:text-ink-3">
          {notes.map((note) => (
            <li key={note} className="[overflow-wrap:anywhere]">
              <VisibleText text={note} />
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}
