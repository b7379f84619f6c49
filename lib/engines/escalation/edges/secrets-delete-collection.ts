import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The answer is the list of what was deleted, or would be in a dry run, contents included. The request has no name. */
export const secretsDeleteCollection: EscalationEdge = {
  id: "SECRETS_DELETE_COLLECTION",
  primitive: "R32",
  name: "read secrets by deletion",
  scope: "namespace",
  implies: ["SECRETS_GET", "SECRETS_PATCH"],
  effort: 1,
  needs: () => [rights(["deletecollection"], "", ["secrets"])],
  gain: ({ namespace }) => ({ type: "secrets", namespace, names: null }),
  severity: ({ namespace }, facts) => (namespace === null || facts.isSystemNamespace(namespace) ? "high" : "medium"),
  sentence: (place) => `may read the contents of all secrets${inPlace(place)}: deleting them as a dry run lists them`,
  target: ({ namespace }) => ({
    label: "Reads",
    title: namespace === null ? "every secret" : `secrets of ${namespace}`,
    detail: "in the answer to a deletion",
  }),
  gives: "The contents of every Secret, without a right to read and without deleting anything.",
  fix: "Remove deletecollection; delete on single secrets does not answer with their contents.",
  technique: "T1552.007",
  source: "https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run",
};
