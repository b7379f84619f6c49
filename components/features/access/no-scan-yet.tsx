import { Radar } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { JobProgress } from "#components/ui/job-progress.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ScanButton } from "#components/ui/scan-button.tsx";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";

/** Nothing was read of this cluster, so nothing is said about its access. */
export function NoScanYet({ cluster }: { readonly cluster: ClusterSummary }) {
  const job = cluster.activeJob?.kind === "scan" ? cluster.activeJob : null;
  return (
    <>
      <VerdictHeader
        title={
          <>
            Who may do what in <VisibleText text={cluster.name} /> is not known yet
          </>
        }
        context={
          cluster.lastError ? <VisibleText text={cluster.lastError.message} /> : "The first good scan answers it."
        }
      />
      <div className="rounded-r3 border border-line bg-surface">
        <EmptyState
          icon={<Radar aria-hidden="true" />}
          title={job ? "The first scan is running" : "No good scan yet"}
          actions={
            job ? undefined : (
              <>
                <ScanButton clusterId={cluster.id} scanning={false} />
                <LinkButton href={`/settings?test=${cluster.id}`}>Test connection</LinkButton>
              </>
            )
          }
        >
          {job && (
            <div className="mt-3 w-96 max-w-full text-left">
              <JobProgress job={job} />
            </div>
          )}
        </EmptyState>
      </div>
    </>
  );
}
