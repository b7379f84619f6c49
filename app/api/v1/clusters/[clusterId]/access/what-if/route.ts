import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { whatIfRequestSchema, whatIfSchema } from "#lib/contracts/what-if.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { askWhatIf } from "#lib/server/use-cases/what-if.ts";

export const POST = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  body: whatIfRequestSchema,
  response: whatIfSchema,
  handle: ({ actor, context, params, body }) => askWhatIf(actor, context, params.clusterId, body),
});
