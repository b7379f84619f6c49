import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ShellView } from "#components/features/shell/shell-view.tsx";
import { fleetQuery, metaQuery } from "#lib/client/queries/clusters.ts";
import { makeQueryClient } from "#lib/client/query-client.ts";
import { fleetSchema, metaSchema } from "#lib/contracts/clusters.ts";
import { currentActor } from "#lib/server/actor.ts";
import { serverContext } from "#lib/server/context.ts";
import { getFleet, getMeta } from "#lib/server/use-cases/clusters.ts";
import { seedQuery } from "./seed-query.ts";

export default async function DashboardLayout({ children }: { readonly children: ReactNode }) {
  const actor = currentActor();
  const context = await serverContext();
  const client = makeQueryClient();
  await Promise.all([
    seedQuery(client, fleetQuery().queryKey, fleetSchema, getFleet(actor, context)),
    seedQuery(client, metaQuery().queryKey, metaSchema, getMeta(actor, context)),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ShellView>{children}</ShellView>
    </HydrationBoundary>
  );
}
