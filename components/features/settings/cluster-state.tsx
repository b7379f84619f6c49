import { JobProgress } from "#components/ui/job-progress.tsx";
import { SeverityMark, type SeverityLevel } from "#components/ui/severity-mark.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";

const STATES: Readonly<Record<ClusterSummary["state"], { readonly level: SeverityLevel; readonly word: string }>> = {
  never: { level: "unknown", word: "Not scanned yet" },
  "scanning-first": { level: "unknown", word: "First scan is running" },
  current: { level: "pass", word: "Read" },
  failing: { level: "high", word: "Newest scan failed" },
  failed: { level: "high", word: "No good scan" },
};

export function ClusterState({ cluster }: { readonly cluster: ClusterSummary }) {
  const { level, word } = STATES[cluster.state];
  if (cluster.activeJob?.kind === "scan") {
    return (
      <div className="max-w-64 py-1">
        <JobProgress job={cluster.activeJob} />
      </div>
    );
  }
  return (
    <div className="py-1">
      <SeverityMark level={level} label={word} />
      {cluster.lastError && cluster.state !== "current" && (
        <div className="max-w-md text-sm text-ink-2">
          <VisibleText text={cluster.lastError.message} />
        </div>
      )}
    </div>
  );
}
