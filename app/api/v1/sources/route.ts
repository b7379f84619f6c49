import { sourcesSchema } from "#lib/contracts/clusters.ts";
import { jobSchema } from "#lib/contracts/jobs.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getSources, requestJob } from "#lib/server/use-cases/clusters.ts";

export const GET = defineRoute({
  access: "admin",
  response: sourcesSchema,
  handle: ({ actor, context }) => getSources(actor, context),
});

export const POST = defineRoute({
  access: "admin",
  response: jobSchema,
  status: 202,
  handle: ({ actor, context }) => requestJob(actor, context, "refresh-sources", null),
});
