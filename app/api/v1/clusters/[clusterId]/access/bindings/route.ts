import { bindingsPageSchema, bindingsQuerySchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { listBindings } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: bindingsQuerySchema,
  response: bindingsPageSchema,
  handle: ({ actor, context, params, query }) => listBindings(actor, context, params.clusterId, query),
});
