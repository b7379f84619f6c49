import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The answer to a patch is the whole object; an empty patch as a dry run changes nothing. `update` replaces and so shows nothing old. */
export const secretsPatch: EscalationEdge = {
  id: "SECRETS_PATCH",
  primitive: "R32",
  name: "read secrets by patch",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["patch"], "", ["secrets"])],
  gain: ({ namespace, names }) => ({ type: "secrets", namespace, names: names ?? null }),
  severity: ({ names }) => (names ? "low" : "medium"),
  sentence: (place) =>
    `may read ${namedOr("any secret that it knows by name", place, "the secret")}${inPlace(place)}: the answer to a patch contains it`,
  target: ({ namespace, names }) => ({
    label: "Reads",
    title: names ? "named secrets" : namespace === null ? "any secret" : `secrets of ${namespace}`,
    detail: "in the answer to a patch",
  }),
  gives:
    "The contents of the Secrets that the rule names, or of every Secret whose name is known, without a right to read.",
  fix: "Grant update instead of patch to writers that must not read.",
  technique: "T1552.007",
  source: "https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run",
};
