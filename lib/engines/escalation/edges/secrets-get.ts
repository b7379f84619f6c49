import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const named = { apiGroup: "", resource: "secrets", names: "any" } as const;

/** A list or watch for one name is allowed by a rule for that name. Without names in the rule the reader must know them from elsewhere. */
export const secretsGet: EscalationEdge = {
  id: "SECRETS_GET",
  primitive: "R29",
  name: "read secrets by name",
  scope: "namespace",
  implies: ["SECRETS_PATCH"],
  effort: 2,
  needs: () => [[...rights(["get"], "", ["secrets"]), { verb: "list", ...named }, { verb: "watch", ...named }]],
  gain: ({ namespace, names }) => ({ type: "secrets", namespace, names: names ?? null }),
  severity: ({ names }) => (names ? "low" : "medium"),
  sentence: (place) => `may read ${namedOr("any secret that it knows by name", place, "the secret")}${inPlace(place)}`,
  target: ({ namespace, names }) => ({
    label: "Reads",
    title: names ? "named secrets" : namespace === null ? "any secret" : `secrets of ${namespace}`,
    detail: names ? names.slice(0, 3).join(", ") : "whose names it knows",
  }),
  gives: "The contents of the Secrets that the rule names, or of every Secret whose name is known.",
  fix: "Limit the rule with resourceNames to the secrets it is needed for.",
  technique: "T1552.007",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets",
};
