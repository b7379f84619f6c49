import { accessOptionsSchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getAccessOptions } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  response: accessOptionsSchema,
  handle: ({ actor, context, params }) => getAccessOptions(actor, context, params.clusterId),
});
