"use client";

import { PlugZap, Radar } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { JobProgress } from "#components/ui/job-progress.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ScanButton } from "#components/ui/scan-button.tsx";
import { useScanRefresh } from "#components/ui/use-scan-refresh.ts";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { toVisibleText } from "#lib/model/visible-text.ts";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";

/** A cluster without any good scan: what runs, what failed, or what to do. */
export function UnscannedOverview({ cluster }: { readonly cluster: ClusterSummary }) {
  const job = useScanRefresh(cluster.activeJob);
  const scanning = job?.kind === "scan";
  return (
    <>
      <VerdictHeader
        title={
          <>
            Nothing is known about <VisibleText text={cluster.name} /> yet
          </>
        }
        context={<VisibleText text={cluster.source.detail} />}
        actions={<ScanButton clusterId={cluster.id} scanning={scanning} />}
      />
      <div className="rounded-r3 border border-line bg-surface">
        {scanning ? (
          <EmptyState icon={<Radar aria-hidden="true" />} title="The first scan is running">
            <div className="mt-3 w-96 max-w-full text-left">
              <JobProgress job={job} />
            </div>
          </EmptyState>
        ) : cluster.lastError ? (
          <ErrorState
            title={toVisibleText(cluster.lastError.message)}
            advice={cluster.lastError.hint ?? "Test the connection to see what the credential may read."}
            code={cluster.lastError.code}
            actions={
              <LinkButton href={`/settings?test=${cluster.id}`} icon={<PlugZap aria-hidden="true" />}>
                Test connection
              </LinkButton>
            }
          />
        ) : (
          <EmptyState icon={<Radar aria-hidden="true" />} title="No scan yet">
            A scan reads the cluster once, without changing anything in it, and takes seconds to a few minutes.
          </EmptyState>
        )}
      </div>
    </>
  );
}
