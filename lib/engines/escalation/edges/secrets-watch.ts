import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** A watch starts with the whole of every object that is there already. */
export const secretsWatch: EscalationEdge = {
  id: "SECRETS_WATCH",
  primitive: "R31",
  name: "watch all secrets",
  scope: "namespace",
  implies: ["SECRETS_GET", "SECRETS_PATCH", "SECRETS_DELETE_COLLECTION"],
  effort: 1,
  needs: () => [rights(["watch"], "", ["secrets"])],
  gain: ({ namespace }) => ({ type: "secrets", namespace, names: null }),
  severity: ({ namespace }, facts) => (namespace === null || facts.isSystemNamespace(namespace) ? "high" : "medium"),
  sentence: (place) => `may read the contents of all secrets${inPlace(place)} by watching them`,
  target: ({ namespace }) => ({
    label: "Reads",
    title: namespace === null ? "every secret" : `secrets of ${namespace}`,
    detail: "contents, not only names",
  }),
  gives: "The contents of every Secret, those that exist and those to come.",
  fix: "Grant get on the named secrets instead of watch.",
  technique: "T1552.007",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets",
};
