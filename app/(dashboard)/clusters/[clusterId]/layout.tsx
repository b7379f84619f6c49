import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { clusterQuery } from "#lib/client/queries/clusters.ts";
import { makeQueryClient } from "#lib/client/query-client.ts";
import { clusterDetailSchema, clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { currentActor } from "#lib/server/actor.ts";
import { serverContext } from "#lib/server/context.ts";
import { parseOrNotFound } from "#lib/server/parse.ts";
import { getCluster } from "#lib/server/use-cases/clusters.ts";
import { seedQuery } from "../../seed-query.ts";

type Props = { readonly params: Promise<{ readonly clusterId: string }>; readonly children: ReactNode };

/** Stands outside the loading states of its pages, so that a cluster that does not exist is answered with 404. */
export default async function ClusterLayout({ params, children }: Props) {
  const { clusterId } = parseOrNotFound(clusterParamsSchema, await params);
  const client = makeQueryClient();
  const detail = getCluster(currentActor(), await serverContext(), clusterId);
  await seedQuery(client, clusterQuery(clusterId).queryKey, clusterDetailSchema, detail);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
