import { subjectParamsSchema } from "#lib/contracts/access.ts";
import { pathsQuerySchema, subjectPathsSchema } from "#lib/contracts/paths.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getSubjectPaths } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: subjectParamsSchema,
  query: pathsQuerySchema,
  response: subjectPathsSchema,
  handle: ({ actor, context, params, query }) =>
    getSubjectPaths(actor, context, params.clusterId, params.subject, query),
});
