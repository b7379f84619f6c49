import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { jobSchema } from "#lib/contracts/jobs.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { requestJob } from "#lib/server/use-cases/clusters.ts";

export const POST = defineRoute({
  access: "operator",
  params: clusterParamsSchema,
  response: jobSchema,
  status: 202,
  handle: ({ actor, context, params }) => requestJob(actor, context, "test-connection", params.clusterId),
});
