import { clusterParamsSchema } from "#lib/contracts/clusters.ts";
import { whatIfRequestSchema, whatIfSchema } from "#lib/contracts/what-if.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { askWhatIf } from "#lib/server/use-cases/what-if.ts";

/** The longest text, where each character takes up to three bytes and escapes. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export const POST = defineRoute({
  access: "viewer",
  params: clusterParamsSchema,
  body: whatIfRequestSchema,
  maxBodyBytes: MAX_BODY_BYTES,
  response: whatIfSchema,
  handle: ({ actor, context, params, body }) => askWhatIf(actor, context, params.clusterId, body),
});
