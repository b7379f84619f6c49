import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** A definition names the webhook that converts its objects; deleting it deletes them all. */
export const crdUpdate: EscalationEdge = {
  id: "CRD_UPDATE",
  primitive: "R63",
  name: "change definitions",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [
    rights(["update", "patch", "delete", "deletecollection"], "apiextensions.k8s.io", ["customresourcedefinitions"]),
  ],
  gain: () => ({ type: "none" }),
  severity: ({ names }) => (names ? "low" : "medium"),
  sentence: (place) =>
    `may change or delete ${namedOr("any custom resource definition", place, "the definition")}, and so read, rewrite or destroy its objects`,
  target: ({ names }) => ({
    label: "Rewrites",
    title: names ? names.join(", ") : "any custom resource",
    detail: "by a conversion of its own",
  }),
  gives:
    "Objects of custom resources as they are read and written, through a conversion webhook, or the loss of them all.",
  fix: "Let one operator change its own definitions, limited with resourceNames.",
  technique: "T1565.002",
  source: "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/",
};
