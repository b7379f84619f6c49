import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** A request for the status may change labels too, and labels are what a Service selects by. */
export const podStatusUpdate: EscalationEdge = {
  id: "POD_STATUS_UPDATE",
  primitive: "R66",
  name: "relabel pods",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["update", "patch"], "", ["pods/status"])],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) =>
    `may change status and labels of ${namedOr("pods", place, "pod")}${inPlace(place)}, and so which services lead to them`,
  target: ({ namespace }) => ({
    label: "Intercepts",
    title: namespace === null ? "traffic to services" : `traffic to services of ${namespace}`,
    detail: "by a pod that they then select",
  }),
  gives: "Traffic of a service to a pod that it did not select before, and pods that look ready or dead.",
  precondition: "a pod of the namespace that the subject holds",
  fix: "Leave the status of pods to kubelets.",
  technique: "T1557",
  source: "https://kubernetes.io/docs/concepts/services-networking/service/",
};
