import { jobParamsSchema } from "#lib/contracts/jobs.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { followJob } from "#lib/server/follow-job.ts";

export const GET = defineRoute({
  access: "viewer",
  params: jobParamsSchema,
  response: "raw",
  handle: ({ actor, context, params, signal }) => followJob(actor, context, params.jobId, signal),
});
