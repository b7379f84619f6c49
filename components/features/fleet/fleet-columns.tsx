import type { DataTableColumn } from "#components/ui/data-table-column.ts";
import { JobProgress } from "#components/ui/job-progress.tsx";
import { markLevel, markWord } from "#components/ui/mark-level.ts";
import { ObjectName } from "#components/ui/object-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SeverityMark, severityWord } from "#components/ui/severity-mark.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { topicLabel } from "#components/ui/topic-label.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { TOPICS, type Topic } from "#lib/model/topics.ts";

const SHORT_LABELS: ReadonlyMap<Topic, string> = new Map([
  ["namespaces", "Names."],
  ["api-server", "API"],
]);

/** A topic has a column as soon as Kordon answers it for one of the clusters. */
export function fleetColumns(clusters: readonly ClusterSummary[]): readonly DataTableColumn<ClusterSummary>[] {
  const topics = TOPICS.filter((topic) =>
    clusters.some((cluster) => cluster.topics.some((state) => state.topic === topic && state.mark !== "not-built")),
  );
  return [
    {
      id: "cluster",
      header: "Cluster",
      phone: "head",
      className: "max-w-64",
      cell: (cluster) => (
        <div className="min-w-0 py-1">
          <ObjectName name={cluster.name} href={`/clusters/${cluster.id}`} />
          <div className="text-sm text-ink-3">{cluster.platform ?? originText(cluster)}</div>
        </div>
      ),
    },
    {
      id: "version",
      header: "Version",
      cell: (cluster) =>
        cluster.version === null ? (
          <span className="whitespace-nowrap text-unknown">not known</span>
        ) : (
          <span className="font-mono text-sm">
            <VisibleText text={cluster.version} />
          </span>
        ),
    },
    {
      id: "worst",
      header: "Worst",
      phone: "bare",
      cell: (cluster) => <SeverityMark level={markLevel(cluster.worst)} label={markWord(cluster.worst)} />,
    },
    {
      id: "because",
      header: "Because",
      phone: "head",
      className: "min-w-56",
      cell: (cluster) => <Because cluster={cluster} />,
    },
    ...topics.map((topic): DataTableColumn<ClusterSummary> => ({
      id: topic,
      header: SHORT_LABELS.get(topic) ?? topicLabel(topic),
      align: "center",
      className: "px-1.5 max-lg:hidden max-md:flex",
      cell: (cluster) => <TopicMark cluster={cluster} topic={topic} />,
    })),
    {
      id: "trend",
      header: "Trend",
      phone: "hidden",
      className: "max-lg:hidden",
      cell: (cluster) => <Trend cluster={cluster} />,
    },
    {
      id: "coverage",
      header: "Coverage",
      align: "end",
      className: "max-lg:hidden max-md:flex",
      cell: ({ completeness }) =>
        completeness && completeness.kindsNeeded > 0 ? (
          <span className={completeness.gaps.length === 0 ? "text-ink-2" : "text-unknown"}>
            {Math.floor((completeness.kindsRead / completeness.kindsNeeded) * 100)} %
          </span>
        ) : (
          <span className="text-unknown">0 %</span>
        ),
    },
    {
      id: "scanned",
      header: "Scanned",
      align: "end",
      cell: (cluster) =>
        cluster.lastScan ? (
          <span className="text-ink-2">
            <RelativeTime at={cluster.lastScan.collectedAt} />
          </span>
        ) : (
          <span className="text-unknown">never</span>
        ),
    },
  ];
}

function originText(cluster: ClusterSummary): string {
  switch (cluster.state) {
    case "failed":
      return "no answer";
    case "never":
    case "scanning-first":
      return "not scanned yet";
    default:
      return "platform not known";
  }
}

function Because({ cluster }: { readonly cluster: ClusterSummary }) {
  if (cluster.activeJob?.kind === "scan" && !cluster.lastScan) {
    return (
      <div className="max-w-72 py-1">
        <JobProgress job={cluster.activeJob} />
      </div>
    );
  }
  return (
    <div className="py-1.5">
      <VisibleText text={cluster.because} />
      {cluster.state === "failing" && cluster.lastError && (
        <div className="text-sm text-high">
          Last attempt failed, the scan before is shown: <VisibleText text={cluster.lastError.message} />
        </div>
      )}
    </div>
  );
}

function TopicMark({ cluster, topic }: { readonly cluster: ClusterSummary; readonly topic: Topic }) {
  const state = cluster.topics.find((candidate) => candidate.topic === topic);
  const mark = state?.mark ?? "unknown";
  const level = markLevel(mark);
  return (
    <SeverityMark
      level={level}
      label={`${topicLabel(topic)}: ${(markWord(mark) ?? severityWord(level)).toLowerCase()}`}
      iconOnly
    />
  );
}

function Trend({ cluster }: { readonly cluster: ClusterSummary }) {
  const values = cluster.trend.map(({ critical, high }) => critical + high);
  const first = values[0];
  const last = values.at(-1);
  if (values.length === 0) return <span className="text-sm text-ink-3">no scan</span>;
  if (values.length < 2 || first === undefined || last === undefined)
    return <span className="text-sm text-ink-3">one scan</span>;
  return (
    <Sparkline
      values={values}
      label={`Critical and high findings over ${values.length} scans: ${first} first, ${last} now`}
    />
  );
}
