import { whoCanQuerySchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { whoCanCsv } from "#lib/server/access-csv.ts";
import { csvResponse } from "#lib/server/csv-response.ts";
import { defineRoute } from "#lib/server/define-route.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: whoCanQuerySchema,
  response: "raw",
  handle: async ({ actor, context, params, query }) =>
    csvResponse(`who-can-${params.clusterId}.csv`, await whoCanCsv(actor, context, params.clusterId, query)),
});
