"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, type ReactNode } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { fleetQuery } from "#lib/client/queries/clusters.ts";
import { fleetColumns } from "./fleet-columns.tsx";
import { FleetSkeleton } from "./fleet-skeleton.tsx";

/** `firstRun` is shown instead of the table while there is no cluster. */
export function FleetView({ firstRun }: { readonly firstRun: ReactNode }) {
  const router = useRouter();
  const { data, error, refetch } = useQuery(fleetQuery());
  const columns = useMemo(() => fleetColumns(data?.clusters ?? []), [data]);
  if (!data && error) return <QueryError error={error} what="The clusters" onRetry={() => void refetch()} wholePage />;
  if (!data) return <FleetSkeleton />;
  if (data.clusters.length === 0) return firstRun;
  return (
    <>
      <VerdictHeader
        title={<VisibleText text={data.sentence} />}
        context={<VisibleText text={data.context} />}
        actions={
          <LinkButton href="/settings?add=context" variant="primary" icon={<Plus aria-hidden="true" />}>
            Add cluster
          </LinkButton>
        }
      />
      <div className="rounded-r3 border border-line bg-surface">
        <DataTable
          label="Clusters, worst first"
          columns={columns}
          rows={data.clusters}
          rowId={(cluster) => cluster.id}
          rowLabel={(cluster) => cluster.name}
          onOpen={(cluster) => router.push(`/clusters/${cluster.id}`)}
          linkRows
        />
      </div>
    </>
  );
}
