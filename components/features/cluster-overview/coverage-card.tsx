import { Card } from "#components/ui/card.tsx";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { SeverityMark, type SeverityLevel } from "#components/ui/severity-mark.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterOverview } from "#lib/contracts/clusters.ts";

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
            <CoverageLine key={`${entry.group}/${entry.resource}/${entry.namespace ?? ""}`} entry={entry} />
          ))}
        </ul>
      )}
      <details className="group px-3.5 py-2">
        <summary className="min-h-6 rounded-r1 text-ink-2 hover:text-ink">
          {read.length.toLocaleString("en")} kinds read completely or known to be absent
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

function CoverageLine({ entry }: { readonly entry: CoverageEntry }) {
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
      {!isRead(entry) && (
        <span className="text-ink-2">
          {entry.state}
          {entry.reason !== undefined && (
            <>
              {": "}
              <VisibleText text={entry.reason} />
            </>
          )}
        </span>
      )}
      <span className="ml-auto text-ink-3 tabular-nums">
        {entry.state === "absent" ? "absent" : entry.objects.toLocaleString("en")}
      </span>
    </li>
  );
}
