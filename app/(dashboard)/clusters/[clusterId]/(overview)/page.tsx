import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ClusterOverviewView } from "#components/features/cluster-overview/cluster-overview-view.tsx";
import { scansQuery } from "#lib/client/queries/clusters.ts";
import { makeQueryClient } from "#lib/client/query-client.ts";
import { clusterParamsSchema, scansSchema } from "#lib/contracts/clusters.ts";
import { currentActor } from "#lib/server/actor.ts";
import { serverContext } from "#lib/server/context.ts";
import { parseOrNotFound } from "#lib/server/parse.ts";
import { listScans } from "#lib/server/use-cases/clusters.ts";
import { seedQuery } from "../../../seed-query.ts";

export const metadata: Metadata = { title: "Overview" };

type Props = { readonly params: Promise<{ readonly clusterId: string }> };

export default async function ClusterOverviewPage({ params }: Props) {
  const { clusterId } = parseOrNotFound(clusterParamsSchema, await params);
  const client = makeQueryClient();
  const scans = listScans(currentActor(), await serverContext(), clusterId);
  await seedQuery(client, scansQuery(clusterId).queryKey, scansSchema, scans);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ClusterOverviewView key={clusterId} clusterId={clusterId} />
    </HydrationBoundary>
  );
}
