"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Card } from "#components/ui/card.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { fleetQuery } from "#lib/client/queries/clusters.ts";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { clusterColumns } from "./cluster-columns.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { RenameDialog } from "./rename-dialog.tsx";

export type ClustersCardProps = { readonly testedId: string | null; readonly onTest: (clusterId: string) => void };

type Asked = { readonly what: "rename" | "remove"; readonly cluster: ClusterSummary };

export function ClustersCard({ testedId, onTest }: ClustersCardProps) {
  const { data, error, refetch } = useQuery(fleetQuery());
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns = useMemo(
    () =>
      clusterColumns({
        onTest: (cluster) => onTest(cluster.id),
        onRename: (cluster) => setAsked({ what: "rename", cluster }),
        onRemove: (cluster) => setAsked({ what: "remove", cluster }),
      }),
    [onTest],
  );
  return (
    <Card title="Clusters">
      {!data && error && <QueryError error={error} what="The clusters" onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={4} label="Loading clusters" />}
      {data?.clusters.length === 0 && (
        <EmptyState title="No cluster yet">Add one to see who may do what in it.</EmptyState>
      )}
      {data && data.clusters.length > 0 && (
        <DataTable
          label="Clusters"
          columns={columns}
          rows={data.clusters}
          rowId={(cluster) => cluster.id}
          rowLabel={(cluster) => cluster.name}
          selectedId={testedId}
        />
      )}
      {asked?.what === "rename" && <RenameDialog cluster={asked.cluster} onClose={() => setAsked(null)} />}
      {asked?.what === "remove" && <RemoveDialog cluster={asked.cluster} onClose={() => setAsked(null)} />}
    </Card>
  );
}
