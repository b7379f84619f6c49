import { Callout } from "#components/ui/callout.tsx";
import { JobProgress } from "#components/ui/job-progress.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useNow } from "#components/ui/now-context.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import type { Job } from "#lib/contracts/jobs.ts";

const STALE_AFTER_MS = 24 * 3_600_000;

/** What the reader must know before believing the page: a failed attempt, old data, a scan under way. */
export function ClusterNotices({ cluster, job }: { readonly cluster: ClusterSummary; readonly job: Job | null }) {
  const now = useNow();
  const scannedAt = cluster.lastScan ? Date.parse(cluster.lastScan.collectedAt) : null;
  const stale = now !== null && scannedAt !== null && now - scannedAt > STALE_AFTER_MS;
  return (
    <div className="mb-3.5 flex flex-col gap-2 empty:hidden">
      {cluster.state === "failing" && cluster.lastError && (
        <Callout
          tone="high"
          title={
            <>
              The newest scan failed <RelativeTime at={cluster.lastError.at} ago />; the last good one is shown
            </>
          }
          actions={
            <LinkButton size="sm" href={`/settings?test=${cluster.id}`}>
              Test connection
            </LinkButton>
          }
        >
          <VisibleText text={cluster.lastError.message} />{" "}
          {cluster.lastError.hint && <VisibleText text={cluster.lastError.hint} />}
        </Callout>
      )}
      {stale && cluster.state === "current" && cluster.lastScan && (
        <Callout
          tone="medium"
          title={
            <>
              This is what was read <RelativeTime at={cluster.lastScan.collectedAt} ago />; the cluster may have changed
            </>
          }
        />
      )}
      {job && (
        <div className="rounded-r2 border border-line bg-surface px-3.5 py-2.5">
          <JobProgress job={job} />
        </div>
      )}
    </div>
  );
}
