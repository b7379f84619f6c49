import { searchQuerySchema, searchResultSchema } from "#lib/contracts/access.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { searchEverywhere } from "#lib/server/use-cases/access.ts";

export const GET = defineRoute({
  access: "viewer",
  query: searchQuerySchema,
  response: searchResultSchema,
  handle: ({ actor, context, query }) => searchEverywhere(actor, context, query.q, query.clusterId),
});
