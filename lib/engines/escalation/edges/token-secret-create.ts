import { accountSeverity, accountTarget, inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const CREATE = { verb: "create", apiGroup: "", resource: "secrets" } as const;
const READ = { apiGroup: "", resource: "secrets", names: "any" } as const;

/**
 * A Secret of type service-account-token that names an account is filled with a token of it. A rule limited to names cannot create by POST,
 * but by server-side apply, which asks for `patch` and `create` with the name.
 */
export const tokenSecretCreate: EscalationEdge = {
  id: "TOKEN_SECRET_CREATE",
  primitive: "R33",
  name: "create token secrets",
  scope: "namespace",
  implies: [],
  effort: 2,
  names: "all",
  needs: () => [
    [{ ...CREATE, names: "any" }],
    [CREATE, { verb: "patch", ...READ }],
    [
      ...(["get", "list", "watch", "patch", "delete"] as const).map((verb) => ({ verb, ...READ })),
      ...rights(["deletecollection"], "", ["secrets"]),
      ...rights(["create"], "", ["pods"]),
    ],
  ],
  // The names are those of the Secret; the account that it is for is free.
  gain: ({ namespace }) => ({ type: "accounts", namespace, names: null }),
  state: ({ names }) =>
    names
      ? { state: "latent", reason: `it works only where no secret ${names.join(" or ")} exists, which is not read` }
      : { state: "active" },
  severity: ({ namespace }, facts) => accountSeverity({ namespace }, facts, "medium"),
  sentence: (place) =>
    `can have a lasting token of any service account${inPlace(place)} written into a secret that it may read`,
  target: ({ namespace }, facts) => accountTarget({ namespace }, facts),
  gives: "A token of any service account of the namespace that does not expire.",
  fix: "Remove create on secrets, or refuse Secrets of type kubernetes.io/service-account-token by an admission policy.",
  technique: "T1528",
  source:
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#manually-create-an-api-token-for-a-serviceaccount",
};
