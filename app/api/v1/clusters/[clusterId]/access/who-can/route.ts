import { whoCanPageSchema, whoCanQuerySchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { askWhoCan } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: whoCanQuerySchema,
  response: whoCanPageSchema,
  handle: ({ actor, context, params, query }) => askWhoCan(actor, context, params.clusterId, query),
});
