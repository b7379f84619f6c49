import { addClusterResultSchema, addClusterSchema, fleetSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { addCluster, getFleet } from "#lib/server/use-cases/clusters.ts";

export const GET = defineRoute({
  access: "viewer",
  response: fleetSchema,
  handle: ({ actor, context }) => getFleet(actor, context),
});

export const POST = defineRoute({
  access: "admin",
  body: addClusterSchema,
  response: addClusterResultSchema,
  status: 201,
  handle: ({ actor, context, body }) => addCluster(actor, context, body),
});
