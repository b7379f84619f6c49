import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const DELETE = ["delete", "deletecollection"];

/** Ends what runs; controllers start their pods anew, but deleted controllers do not come back. */
export const workloadDelete: EscalationEdge = {
  id: "WORKLOAD_DELETE",
  primitive: "R72",
  name: "delete workloads",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [
    [
      ...rights(DELETE, "", ["pods", "replicationcontrollers"]),
      ...rights(["create"], "", ["pods/eviction"]),
      ...rights(DELETE, "apps", ["daemonsets", "deployments", "replicasets", "statefulsets"]),
      ...rights(DELETE, "batch", ["cronjobs", "jobs"]),
    ],
  ],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) => `may end ${namedOr("any pod or workload", place, "the pods or workloads")}${inPlace(place)}`,
  target: ({ namespace }) => ({
    label: "Ends",
    title: namespace === null ? "any workload" : `workloads of ${namespace}`,
    detail: "until somebody deploys them again",
  }),
  gives: "An end to pods and workloads of its choice.",
  fix: "Remove delete and deletecollection where nobody cleans up.",
  technique: "T1489",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/authorization/#request-verb-resource",
};
