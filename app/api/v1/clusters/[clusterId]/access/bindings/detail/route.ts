import { bindingDetailQuerySchema, bindingDetailSchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getBinding } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: bindingDetailQuerySchema,
  response: bindingDetailSchema,
  handle: ({ actor, context, params, query }) => getBinding(actor, context, params.clusterId, query),
});
