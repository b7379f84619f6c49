import { rolesPageSchema, rolesQuerySchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { listRoles } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: rolesQuerySchema,
  response: rolesPageSchema,
  handle: ({ actor, context, params, query }) => listRoles(actor, context, params.clusterId, query),
});
