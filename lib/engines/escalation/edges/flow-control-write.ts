import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const WRITE = ["create", "update", "patch", "delete", "deletecollection"];

/** These objects decide whose requests are served first and whose pods are driven off. */
export const flowControlWrite: EscalationEdge = {
  id: "FLOW_CONTROL_WRITE",
  primitive: "R71",
  name: "change priorities",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: () => [
    [
      ...rights(WRITE, "flowcontrol.apiserver.k8s.io", ["flowschemas", "prioritylevelconfigurations"]),
      ...rights(WRITE, "scheduling.k8s.io", ["priorityclasses"]),
    ],
  ],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) =>
    `may starve requests or pods of others: it may write ${namedOr("priorities of the API server or of pods", place, "the priority")}`,
  target: () => ({ label: "Starves", title: "requests and pods", detail: "by their priority" }),
  gives: "Requests of others that wait or are refused, and pods of others that are driven off their nodes.",
  fix: "Leave priorities to the administrators of the cluster.",
  technique: "T1499",
  source: "https://kubernetes.io/docs/concepts/cluster-administration/flow-control/",
};
