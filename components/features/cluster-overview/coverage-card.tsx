import { Card } from "#components/ui/card.tsx";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { gapReason } from "#components/ui/gap-reason.ts";
import { SeverityMark, type SeverityLevel } from "#components/ui/severity-mark.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterOverview } from "#lib/contracts/clusters.ts";
import type { Completeness } from "#lib/contracts/common.ts";

type CoverageEntry = ClusterOverview["coverage"][number];

/** What was read of the cluster, kind by kind, and on what the verdicts rest. */
export function CoverageCard({
  overview: { cluster, coverage, assumptions, skipped },
}: {
  readonly overview: ClusterOverview;
}) {
  const missing = coverage.filter((entry) => !isRead(entry));
  const read = coverage.filter(isRead);
  return (
    <Card title="What this rests on" completeness={<CoverageNote completeness={cluster.completeness} />}>
      {missing.length > 0 && (
        <ul className="border-b border-line px-3.5 py-1">
          {missing.map((entry) => (
            <CoverageLine
              key={`${entry.group}/${entry.resource}/${entry.namespace ?? ""}`}
              entry={entry}
              reason={reasonOf(entry, cluster.completeness)}
            />
          ))}
        </ul>
      )}
      <details className="group px-3.5 py-2">
        <summary className="min-h-6 rounded-r1 text-ink-2 hover:text-ink">
          {read.length.toLocaleString("en")} {read.length === 1 ? "list" : "lists"} read completely or known to be
          absent
        </summary>
        <ul className="py-1">
          {read.map((entry) => (
            <CoverageLine key={`${entry.group}/${entry.resource}/${entry.namespace ?? ""}`} entry={entry} />
          ))}
        </ul>
      </details>
      {(assumptions.length > 0 || skipped.length > 0) && (
        <ul className="list-disc border-t border-line py-2.5 pr-3.5 pl-8 text-sm text-ink-2">
          {assumptions.map((assumption) => (
            <li key={assumption}>
              <VisibleText text={assumption} />
            </li>
          ))}
          {skipped.map((entry) => (
            <li key={`${entry.apiVersion}/${entry.kind}`}>
              Left out: {entry.objects.toLocaleString("en")} × <VisibleText text={entry.kind} /> (
              <VisibleText text={entry.apiVersion} />)
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function isRead(entry: CoverageEntry): boolean {
  return entry.state === "complete" || entry.state === "absent";
}

function levelOf(entry: CoverageEntry): SeverityLevel {
  if (entry.state === "complete") return "pass";
  return entry.state === "absent" ? "none" : "unknown";
}

/** Why a list is missing or not complete, in the words of the gap that it leaves. */
function reasonOf({ group, resource, namespace, state }: CoverageEntry, completeness: Completeness | null): string {
  const gap = completeness?.gaps.find(
    (candidate) => candidate.group === group && candidate.resource === resource && candidate.namespace === namespace,
  );
  return gap ? gapReason(gap) : state;
}

type CoverageLineProps = {
  readonly entry: CoverageEntry;
  /** Why it was not read, or not completely. */
  readonly reason?: string;
};

function CoverageLine({ entry, reason }: CoverageLineProps) {
  return (
    <li className="flex min-h-7 flex-wrap items-center gap-x-2.5 text-sm">
      <SeverityMark level={levelOf(entry)} label={entry.state} iconOnly />
      <span className="font-mono [overflow-wrap:anywhere]">
        <VisibleText text={entry.group === "" ? entry.resource : `${entry.resource}.${entry.group}`} />
      </span>
      {entry.namespace !== undefined && (
        <span className="text-ink-3">
          in <VisibleText text={entry.namespace} />
        </span>
      )}
      {reason !== undefined && (
        <span className="text-ink-2">
          <VisibleText text={reason} />
        </span>
      )}
      <span className="ml-auto whitespace-nowrap text-ink-3 tabular-nums">{countText(entry)}</span>
    </li>
  );
}

/** How many were read; of a list that was not read there is no number. */
function countText(entry: CoverageEntry): string {
  if (entry.state === "absent") return "absent";
  const count = entry.objects.toLocaleString("en");
  if (isRead(entry)) return count;
  return entry.objects === 0 ? "not read" : `only ${count}`;
}
