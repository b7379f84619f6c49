import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AccessView } from "#components/features/access/access-view.tsx";
import { accessOverviewQuery, subjectsQuery } from "#lib/client/queries/access.ts";
import { makeQueryClient } from "#lib/client/query-client.ts";
import { subjectsPageSchema, subjectsQuerySchema } from "#lib/contracts/access.ts";
import { accessOverviewSchema } from "#lib/contracts/access-overview.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { currentActor } from "#lib/server/actor.ts";
import { serverContext } from "#lib/server/context.ts";
import { parseOrNotFound } from "#lib/server/parse.ts";
import { getAccessOverview, listSubjects } from "#lib/server/use-cases/access.ts";
import { seedQuery } from "../../../../seed-query.ts";

export const metadata: Metadata = { title: "Access" };

type Props = {
  readonly params: Promise<{ readonly clusterId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export default async function AccessPage({ params, searchParams }: Props) {
  const actor = currentActor();
  const { clusterId } = parseOrNotFound(clusterParamsSchema, await params);
  const { tab = "subjects", pageSize: _pageSize, ...search } = await searchParams;
  const context = await serverContext();
  const client = makeQueryClient();
  // Other tabs, and a filter that does not fit, are left to the browser: it takes the same parameters one by one.
  const query = tab === "subjects" ? subjectsQuerySchema.safeParse(search) : null;
  if (query?.success) {
    const page = listSubjects(actor, context, clusterId, query.data);
    await seedQuery(client, subjectsQuery(clusterId, query.data).queryKey, subjectsPageSchema, page);
  }
  if (tab === "overview") {
    const overview = getAccessOverview(actor, context, clusterId);
    await seedQuery(client, accessOverviewQuery(clusterId).queryKey, accessOverviewSchema, overview);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AccessView key={clusterId} clusterId={clusterId} />
    </HydrationBoundary>
  );
}
