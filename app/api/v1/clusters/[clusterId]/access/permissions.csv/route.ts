import { z } from "zod";
import { permissionsQuerySchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { permissionsCsv } from "#lib/server/access-csv.ts";
import { csvResponse } from "#lib/server/csv-response.ts";
import { defineRoute } from "#lib/server/define-route.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: permissionsQuerySchema.extend({ subject: z.string().min(1).max(1000) }),
  response: "raw",
  handle: async ({ actor, context, params, query: { subject, ...query } }) =>
    csvResponse(
      `permissions-${params.clusterId}.csv`,
      await permissionsCsv(actor, context, params.clusterId, subject, query),
    ),
});
