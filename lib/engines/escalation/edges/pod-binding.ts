import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The request by which a scheduler places a pod; nobody checks that the node is a sensible one. */
export const podBinding: EscalationEdge = {
  id: "POD_BINDING",
  primitive: "R45",
  name: "place pods",
  scope: "namespace",
  implies: [],
  effort: 3,
  needs: () => [[...rights(["create"], "", ["pods/binding"]), ...rights(["create"], "", ["bindings"])]],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) => `may place waiting pods${inPlace(place)} on any node`,
  target: ({ namespace }) => ({
    label: "Places",
    title: namespace === null ? "every waiting pod" : `waiting pods of ${namespace}`,
    detail: "on a node of its choice",
  }),
  gives:
    "Waiting pods on a node of its choice: one that it holds, or one of the control plane, past the scheduler's rules.",
  precondition: "a pod that waits to be scheduled",
  fix: "Leave bindings to the scheduler.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/binding-v1/",
};
