import { inPlace, type EscalationEdge } from "../edge.ts";

/** `list` returns the contents, not only the names. A rule limited by name allows only a request for that name. */
export const secretsList: EscalationEdge = {
  id: "SECRETS_LIST",
  primitive: "R30",
  name: "read all secrets",
  scope: "namespace",
  implies: ["SECRETS_WATCH", "SECRETS_GET", "SECRETS_PATCH", "SECRETS_DELETE_COLLECTION"],
  effort: 1,
  needs: () => [[{ verb: "list", apiGroup: "", resource: "secrets" }]],
  gain: ({ namespace }) => ({ type: "secrets", namespace, names: null }),
  // Since tokens are no longer kept in Secrets by default, reading them all is not by itself a way to cluster-admin.
  severity: ({ namespace }, facts) => (namespace === null || facts.isSystemNamespace(namespace) ? "high" : "medium"),
  sentence: (place) => `may read the contents of all secrets${inPlace(place)}`,
  target: ({ namespace }) => ({
    label: "Reads",
    title: namespace === null ? "every secret" : `secrets of ${namespace}`,
    detail: "contents, not only names",
  }),
  gives:
    "The contents of every Secret: passwords, certificates, and tokens of service accounts where such Secrets exist.",
  fix: "Grant get on the named secrets instead of list.",
  technique: "T1552.007",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets",
};
