import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { objectKey } from "#components/ui/object-key.ts";
import { ObjectLink } from "#components/ui/object-link.tsx";
import { plural } from "#components/ui/plural.ts";
import { SubjectName } from "#components/ui/subject-name.tsx";
import type { AccessOverview, DangerousBinding } from "#lib/contracts/access-overview.ts";
import type { Completeness } from "#lib/contracts/common.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { accessHref } from "./access-href.ts";
import { CountLink, NothingFound } from "./card-parts.tsx";

const SHOWN_SUBJECTS = 2;

export type DangerousBindingsCardProps = {
  readonly clusterId: string;
  readonly takeover: AccessOverview["takeover"];
  readonly completeness: Completeness;
};

/** Single bindings, by how many subjects lose every way to cluster-admin without them. */
export function DangerousBindingsCard({ clusterId, takeover, completeness }: DangerousBindingsCardProps) {
  const { bindings, reaching, missing } = takeover;
  return (
    <Card title="Bindings to remove first" completeness={<CoverageNote completeness={completeness} />}>
      {bindings.length === 0 ? (
        reaching === 0 ? (
          <NothingFound missing={missing}>No binding beyond Kubernetes’ own leads to cluster-admin.</NothingFound>
        ) : (
          <p className="px-3.5 py-3 text-ink-2">
            No single binding is all that somebody needs: every way has another beside it. The page of a subject says
            what stops it.
          </p>
        )
      ) : (
        <ol>
          {bindings.map((entry) => (
            <BindingLine key={objectKey(entry.binding)} clusterId={clusterId} entry={entry} reaching={reaching} />
          ))}
        </ol>
      )}
      {reaching > 0 && (
        <p className="flex flex-wrap items-center gap-x-3 border-t border-line px-3.5 py-2 text-sm text-ink-3">
          <CountLink href={accessHref(clusterId, { reaches: "cluster-admin" })}>
            {plural(reaching, "subject")} can reach cluster-admin
          </CountLink>
          <span>{triedText(takeover)}</span>
          {bindings.length > 1 && (
            <span>
              Removing {bindings.length === 2 ? "both" : `all ${bindings.length}`} above stops{" "}
              {takeover.together.toLocaleString("en")} of {reaching.toLocaleString("en")}.
            </span>
          )}
        </p>
      )}
    </Card>
  );
}

function BindingLine({
  clusterId,
  entry,
  reaching,
}: {
  readonly clusterId: string;
  readonly entry: DangerousBinding;
  readonly reaching: number;
}) {
  const { binding, role, maker, losing } = entry;
  const shown = losing.subjects.slice(0, SHOWN_SUBJECTS);
  const list = accessHref(clusterId, { without: objectKey(binding) });
  return (
    <li className="grid items-center gap-x-5 gap-y-1 border-b border-line px-3.5 py-2 last:border-b-0 md:grid-cols-[8.5rem_minmax(0,1.1fr)_minmax(0,1fr)]">
      <div className="flex items-center gap-3 md:block">
        <CountLink href={list}>
          stops {losing.count.toLocaleString("en")} of {reaching.toLocaleString("en")}
        </CountLink>
        {losing.count > 1 && (
          <span className="max-md:w-24">
            <Meter
              label="Subjects that lose every way"
              segments={[
                { level: "critical", count: losing.count, label: "stopped" },
                { level: "none", count: reaching - losing.count, label: "not stopped" },
              ]}
            />
          </span>
        )}
      </div>
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
        <ObjectLink clusterId={clusterId} object={binding} wrap />
        <span className="inline-flex max-w-full min-w-0 items-baseline gap-1.5 text-sm text-ink-3">
          gives
          <ObjectLink clusterId={clusterId} object={role} show={[]} wrap />
        </span>
        {maker !== "Yours" && <Badge>{maker}</Badge>}
      </div>
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
        {shown.map((subject) => (
          <SubjectName key={formatSubject(subject)} subject={subject} clusterId={clusterId} wrap />
        ))}
        {losing.count > shown.length && (
          <CountLink href={list}>and {(losing.count - shown.length).toLocaleString("en")} more</CountLink>
        )}
      </div>
    </li>
  );
}

/** How far the search for the worst binding went. */
function triedText({ candidates, evaluated, mostLeft }: AccessOverview["takeover"]): string {
  if (candidates === 0) return "No binding of yours stands alone on a shortest way.";
  if (evaluated === candidates)
    return `All ${plural(candidates, "binding")} that stand alone on a shortest way were tried.`;
  return `${evaluated.toLocaleString("en")} of ${plural(candidates, "binding")} that stand alone on a shortest way were tried; none of the others stops more than ${mostLeft.toLocaleString("en")}.`;
}
