import { subjectParamsSchema } from "#lib/contracts/access.ts";
import { leastPrivilegeBodySchema, leastPrivilegeSchema } from "#lib/contracts/least-privilege.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { getLeastPrivilege } from "#lib/server/use-cases/access.ts";

/** Thousands of requests of an audit log are larger than other bodies. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export const POST = defineRoute({
  access: "viewer",
  params: subjectParamsSchema,
  body: leastPrivilegeBodySchema,
  maxBodyBytes: MAX_BODY_BYTES,
  response: leastPrivilegeSchema,
  handle: ({ actor, context, params, body }) =>
    getLeastPrivilege(actor, context, params.clusterId, params.subject, body),
});
