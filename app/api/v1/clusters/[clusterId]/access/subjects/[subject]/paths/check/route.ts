import { subjectParamsSchema } from "#lib/contracts/access.ts";
import { checkPathSchema } from "#lib/contracts/access-check.ts";
import { jobSchema } from "#lib/contracts/jobs.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { checkPath } from "#lib/server/use-cases/check-path.ts";

export const POST = defineRoute({
  access: "operator",
  params: subjectParamsSchema,
  body: checkPathSchema,
  response: jobSchema,
  status: 202,
  handle: ({ actor, context, params, body }) => checkPath(actor, context, params.clusterId, params.subject, body),
});
