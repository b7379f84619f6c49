import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Labels of a namespace select its Pod Security level and the policies that apply to it. */
export const namespaceUpdate: EscalationEdge = {
  id: "NAMESPACE_UPDATE",
  primitive: "R47",
  name: "change namespaces",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["update", "patch"], "", ["namespaces"])],
  gain: () => ({ type: "none" }),
  state: () => ({ state: "latent", reason: "a right to start pods there is missing" }),
  severity: () => "low",
  sentence: (place) =>
    place.namespace === null
      ? `may change the labels of ${namedOr("every namespace", place, "namespace")}, and with them Pod Security levels and network policies`
      : `may change the labels${inPlace(place)} that select its Pod Security level and network policies`,
  target: ({ namespace }) => ({
    label: "Loosens",
    title: namespace === null ? "every namespace" : `namespace ${namespace}`,
    detail: "its Pod Security level and what selects it",
  }),
  gives:
    "Namespace labels of its choice: privileged pods for whoever starts them, and a place among the peers that network policies let in.",
  fix: "Remove update and patch on namespaces; let the labels be set by those who create them.",
  technique: "T1562.001",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification",
};
