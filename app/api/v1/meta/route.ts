import { metaSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getMeta } from "#lib/server/use-cases/clusters.ts";

export const GET = defineRoute({
  access: "viewer",
  response: metaSchema,
  handle: ({ actor, context }) => getMeta(actor, context),
});
