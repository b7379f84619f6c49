import { Card } from "#components/ui/card.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { objectHref } from "#components/ui/object-key.ts";
import { plural } from "#components/ui/plural.ts";
import { SubjectName } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { whatIfHref } from "#components/ui/what-if-href.ts";
import type { ChangeView, CutView } from "#lib/contracts/paths.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import Link from "next/link";
import { cutNote } from "#components/ui/paths/path-words.ts";

export type StopsCardProps = {
  readonly clusterId: string;
  readonly cut: CutView | null;
  /** Completes "no way is left that …". */
  readonly goal: string;
};

/** The changes that take every path to the target away, and what else they take. */
export function StopsCard({ clusterId, cut, goal }: StopsCardProps) {
  return (
    <Card title="What stops it" completeness={cut && cutNote(cut)}>
      {cut ? (
        <>
          <ol className="divide-y divide-line">
            {cut.changes.map((change, index) => (
              <li key={index} className="px-3.5 py-3">
                <Change clusterId={clusterId} change={change} />
              </li>
            ))}
          </ol>
          <Losing clusterId={clusterId} cut={cut} goal={goal} />
        </>
      ) : (
        <p className="px-3.5 py-3 text-ink-2">
          Nothing that an operator can change takes all of these paths away: part of it is given by Kubernetes itself,
          which makes it again at its next start, or more than eight changes would be needed. The fix of each step above
          still takes that step away.
        </p>
      )}
    </Card>
  );
}

function Change({ clusterId, change }: { readonly clusterId: string; readonly change: ChangeView }) {
  const { object, takesAway, how, note } = change;
  const rest = takesAway.ruleCount - takesAway.rules.length;
  return (
    <>
      <p className="mb-1.5 font-medium [overflow-wrap:anywhere]">
        {object ? (
          <Link href={objectHref(clusterId, object)} className="text-link">
            <VisibleText text={change.title} />
          </Link>
        ) : (
          <VisibleText text={change.title} />
        )}
      </p>
      <CodeBlock code={how.text} label={how.language === "shell" ? "command" : "YAML of the role without the rule"} />
      {object && change.type === "binding" && (
        <p className="mt-2" data-print="hide">
          <Link href={whatIfHref(clusterId, object)} className="inline-flex min-h-6 items-center text-sm text-link">
            See what changes
          </Link>
        </p>
      )}
      {note !== null && (
        <p className="mt-2 [overflow-wrap:anywhere] text-ink-2">
          <VisibleText text={note} />
        </p>
      )}
      {takesAway.ruleCount > 0 ? (
        <details className="mt-2 text-ink-2">
          <summary className="min-h-6 rounded-r1 text-sm text-ink-2 hover:text-ink">
            Takes {plural(takesAway.ruleCount, "rule")} from {plural(takesAway.subjects, "subject")}
          </summary>
          <ul className="mt-1 list-disc pl-5 text-sm marker:text-ink-3">
            {takesAway.rules.map((rule, index) => (
              <li key={index} className="[overflow-wrap:anywhere]">
                <VisibleText text={rule} />
              </li>
            ))}
            {rest > 0 && <li className="text-ink-3">and {plural(rest, "further rule")}</li>}
          </ul>
        </details>
      ) : (
        <p className="mt-2 text-sm text-ink-3">Takes no right away from anybody.</p>
      )}
    </>
  );
}

function Losing({
  clusterId,
  cut,
  goal,
}: {
  readonly clusterId: string;
  readonly cut: CutView;
  readonly goal: string;
}) {
  const { count, subjects } = cut.losing;
  const rest = count - subjects.length;
  return (
    <div className="border-t border-line px-3.5 py-3">
      <p className="text-ink-2">
        After that, for {plural(count, "subject")} no known way is left that <VisibleText text={goal} />
        {count > 0 ? ":" : "."}
      </p>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5">
        {subjects.map((subject) => (
          <li key={formatSubject(subject)} className="min-w-0">
            <SubjectName subject={subject} clusterId={clusterId} wrap />
          </li>
        ))}
        {rest > 0 && <li className="text-sm text-ink-3">and {rest.toLocaleString("en")} more</li>}
      </ul>
    </div>
  );
}
