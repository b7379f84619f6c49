import { Callout } from "#components/ui/callout.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { WhoCanPage } from "#lib/contracts/access.ts";
import { formatSubject } from "#lib/model/subject-name.ts";

/** Remarks on the question, and who needs no binding for it. */
export function WhoCanNotes({ answer }: { readonly answer: WhoCanPage }) {
  if (answer.notes.length === 0 && answer.superusers.length === 0) return null;
  return (
    <div className="mb-3.5 flex flex-col gap-2">
      {answer.notes.map((note) => (
        <Callout key={note} tone="info" title={<VisibleText text={note} />} />
      ))}
      {answer.superusers.length > 0 && (
        <p className="text-sm text-ink-2">
          Always allowed, without any binding:{" "}
          <span className="font-mono">
            <VisibleText text={answer.superusers.map(formatSubject).join(", ")} />
          </span>
        </p>
      )}
    </div>
  );
}
