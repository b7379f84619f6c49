import { readerRoleSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getReaderRole } from "#lib/server/use-cases/clusters.ts";

export const GET = defineRoute({
  access: "viewer",
  response: readerRoleSchema,
  handle: () => Promise.resolve(getReaderRole()),
});
