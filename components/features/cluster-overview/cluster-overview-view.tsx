"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryError } from "#components/ui/query-error.tsx";
import { clusterQuery } from "#lib/client/queries/clusters.ts";
import { OverviewSkeleton } from "./overview-skeleton.tsx";
import { ScannedOverview } from "./scanned-overview.tsx";
import { UnscannedOverview } from "./unscanned-overview.tsx";

export function ClusterOverviewView({ clusterId }: { readonly clusterId: string }) {
  const { data, error, refetch } = useQuery(clusterQuery(clusterId));
  if (!data && error) return <QueryError error={error} what="This cluster" onRetry={() => void refetch()} wholePage />;
  if (!data) return <OverviewSkeleton />;
  return data.type === "scanned" ? (
    <ScannedOverview overview={data.overview} />
  ) : (
    <UnscannedOverview cluster={data.cluster} />
  );
}
