import { permissionsPageSchema, permissionsQuerySchema, subjectParamsSchema } from "#lib/contracts/access.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { listPermissions } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: subjectParamsSchema,
  query: permissionsQuerySchema,
  response: permissionsPageSchema,
  handle: ({ actor, context, params, query }) =>
    listPermissions(actor, context, params.clusterId, params.subject, query),
});
