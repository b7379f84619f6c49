import { clusterParamsSchema, scansSchema } from "#lib/contracts/clusters.ts";
import { jobSchema } from "#lib/contracts/jobs.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { listScans, requestJob } from "#lib/server/use-cases/clusters.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  response: scansSchema,
  handle: ({ actor, context, params }) => listScans(actor, context, params.clusterId),
});

export const POST = defineRoute({
  access: "operator",
  params: clusterParamsSchema,
  response: jobSchema,
  status: 202,
  handle: ({ actor, context, params }) => requestJob(actor, context, "scan", params.clusterId),
});
