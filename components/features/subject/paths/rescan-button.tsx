"use client";

import { useQuery } from "@tanstack/react-query";
import { ScanButton } from "#components/ui/scan-button.tsx";
import { useScanRefresh } from "#components/ui/use-scan-refresh.ts";
import { clusterQuery } from "#lib/client/queries/clusters.ts";

/** Scans the cluster again and shows its page anew when that is done. */
export function RescanButton({ clusterId }: { readonly clusterId: string }) {
  const { data } = useQuery(clusterQuery(clusterId));
  const cluster = data?.type === "scanned" ? data.overview.cluster : data?.cluster;
  const job = useScanRefresh(cluster?.activeJob ?? null);
  return <ScanButton clusterId={clusterId} scanning={job?.kind === "scan"} variant="default" />;
}
