"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "#components/ui/card.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { scansQuery } from "#lib/client/queries/clusters.ts";

const SHOWN = 8;

/** The newest scans, failed ones included. */
export function ScansCard({ clusterId }: { readonly clusterId: string }) {
  const { data, error, refetch } = useQuery(scansQuery(clusterId));
  return (
    <Card title="Scans" completeness={data && `newest ${Math.min(SHOWN, data.scans.length)} of ${data.scans.length}`}>
      {!data && error && <QueryError error={error} what="The scans" onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={4} label="Loading scans" />}
      {data && (
        <ol className="px-3.5 py-1">
          {data.scans.slice(0, SHOWN).map((scan) => (
            <li
              key={scan.id}
              className="flex min-h-[34px] flex-wrap items-center gap-x-2.5 border-b border-line py-1 text-sm last:border-b-0"
            >
              <SeverityMark level={scan.state === "complete" ? "pass" : "unknown"} label={scan.state} iconOnly />
              <span className="text-ink-3 tabular-nums">#{scan.sequence}</span>
              <RelativeTime at={scan.startedAt} ago />
              {scan.durationMs !== null && (
                <span className="text-ink-3 tabular-nums">in {durationText(scan.durationMs)}</span>
              )}
              <span className="ml-auto flex gap-2.5 tabular-nums">
                {scan.findings && (
                  <>
                    <SeverityMark
                      level={scan.findings.critical > 0 ? "critical" : "none"}
                      label={`${scan.findings.critical} critical`}
                    />
                    <SeverityMark
                      level={scan.findings.high > 0 ? "high" : "none"}
                      label={`${scan.findings.high} high`}
                    />
                  </>
                )}
                {scan.state !== "complete" && <span className="text-unknown">{scan.state}</span>}
              </span>
              {scan.error && (
                <span className="w-full pl-5.5 text-ink-2">
                  <VisibleText text={scan.error.message} />
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function durationText(durationMs: number): string {
  return durationMs < 60_000 ? `${(durationMs / 1000).toFixed(1)} s` : `${Math.round(durationMs / 60_000)} min`;
}
