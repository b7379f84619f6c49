import { subjectsPageSchema, subjectsQuerySchema } from "#lib/contracts/access.ts";
import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { listSubjects } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  query: subjectsQuerySchema,
  response: subjectsPageSchema,
  handle: ({ actor, context, params, query }) => listSubjects(actor, context, params.clusterId, query),
});
