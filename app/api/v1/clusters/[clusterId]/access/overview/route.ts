import { accessOverviewSchema } from "#lib/contracts/access-overview.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getAccessOverview } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  response: accessOverviewSchema,
  handle: ({ actor, context, params }) => getAccessOverview(actor, context, params.clusterId),
});
