import { checkKubeconfigResultSchema, checkKubeconfigSchema } from "#lib/contracts/clusters.ts";
import { defineRoute } from "#lib/server/define-route.ts";
import { checkKubeconfig } from "#lib/server/use-cases/clusters.ts";

export const POST = defineRoute({
  access: "admin",
  body: checkKubeconfigSchema,
  response: checkKubeconfigResultSchema,
  handle: ({ body }) => Promise.resolve(body.kubeconfig).then(checkKubeconfig),
});
