import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/**
 * The answer to a patch is the whole object; an empty patch as a dry run changes nothing. So is the answer to a deletion that waits for dependents,
 * as a dry run too. `update` replaces and so shows nothing old.
 */
export const secretsPatch: EscalationEdge = {
  id: "SECRETS_PATCH",
  primitive: "R32",
  name: "read secrets by writing",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["patch", "delete"], "", ["secrets"])],
  gain: ({ namespace, names }) => ({ type: "secrets", namespace, names: names ?? null }),
  severity: ({ names }) => (names ? "low" : "medium"),
  sentence: (place) =>
    `may read ${namedOr("any secret that it knows by name", place, "the secret")}${inPlace(place)}: the answer to a patch or a deletion contains it`,
  target: ({ namespace, names }) => ({
    label: "Reads",
    title: names ? "named secrets" : namespace === null ? "any secret" : `secrets of ${namespace}`,
    detail: "in the answer to a patch or a deletion",
  }),
  gives:
    "The contents of the Secrets that the rule names, or of every Secret whose name is known, without a right to read.",
  fix: "Grant update instead of patch to writers that must not read.",
  technique: "T1552.007",
  source: "https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run",
};
