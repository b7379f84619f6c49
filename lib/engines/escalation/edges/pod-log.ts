import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/**
 * What programs print, credentials among it where they are careless. Reading the logs of one namespace is everyday work and part of the role
 * `view`, so it counts cluster-wide and for the components of the cluster.
 */
export const podLog: EscalationEdge = {
  id: "POD_LOG",
  primitive: "R44",
  name: "read logs",
  scope: "namespace",
  onlyIn: ["kube-system"],
  implies: [],
  effort: 3,
  needs: () => [rights(["get"], "", ["pods/log"])],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) => `may read the logs of ${namedOr("all pods", place, "pod")}${inPlace(place)}`,
  target: ({ namespace }) => ({
    label: "Reads",
    title: namespace === null ? "logs of every pod" : `logs of ${namespace}`,
    detail: "and what programs print there",
  }),
  gives: "The output of containers, with tokens and personal data where programs print them.",
  fix: "Keep secrets out of logs, and grant pods/log to those who run the namespace.",
  technique: "T1552.001",
  source: "https://kubernetes.io/docs/concepts/cluster-administration/logging/",
};
