import { roleDetailQuerySchema, roleDetailSchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getRole } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: roleDetailQuerySchema,
  response: roleDetailSchema,
  handle: ({ actor, context, params, query }) => getRole(actor, context, params.clusterId, query),
});
