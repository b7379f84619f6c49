import { jobParamsSchema, jobSchema } from "#lib/contracts/jobs.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getJob } from "#lib/server/use-cases/clusters.ts";

export const GET = defineRoute({
  access: "viewer",
  params: jobParamsSchema,
  response: jobSchema,
  handle: ({ actor, context, params }) => getJob(actor, context, params.jobId),
});
