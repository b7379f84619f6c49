import { subjectsQuerySchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { subjectsCsv } from "#lib/server/access-csv.ts";
import { csvResponse } from "#lib/server/csv-response.ts";
import { defineRoute } from "#lib/server/define-route.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: subjectsQuerySchema,
  response: "raw",
  handle: async ({ actor, context, params, query }) =>
    csvResponse(`subjects-${params.clusterId}.csv`, await subjectsCsv(actor, context, params.clusterId, query)),
});
