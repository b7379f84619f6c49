import { clusterDetailSchema, clusterParamsSchema, renameClusterSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getCluster, removeCluster, renameCluster } from "#lib/server/use-cases/clusters.ts";

export const GET = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  response: clusterDetailSchema,
  handle: ({ actor, context, params }) => getCluster(actor, context, params.clusterId),
});

export const PATCH = defineRoute({
  access: "admin",
  params: clusterParamsSchema,
  body: renameClusterSchema,
  response: clusterDetailSchema,
  handle: ({ actor, context, params, body }) => renameCluster(actor, context, params.clusterId, body.name),
});

export const DELETE = defineRoute({
  access: "admin",
  params: clusterParamsSchema,
  response: null,
  handle: ({ actor, context, params }) => removeCluster(actor, context, params.clusterId),
});
