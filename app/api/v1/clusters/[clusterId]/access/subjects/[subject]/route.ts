import { subjectDetailSchema, subjectParamsSchema } from "#lib/contracts/access.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getSubject } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  params: subjectParamsSchema,
  response: subjectDetailSchema,
  handle: ({ actor, context, params }) => getSubject(actor, context, params.clusterId, params.subject),
});
