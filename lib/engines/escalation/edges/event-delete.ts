import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Events are served by two groups; they are the same objects. */
export const eventDelete: EscalationEdge = {
  id: "EVENT_DELETE",
  primitive: "R73",
  name: "delete events",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [["", "events.k8s.io"].flatMap((group) => rights(["delete", "deletecollection"], group, ["events"]))],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) => `may delete events${inPlace(place)}, and with them traces of what it did`,
  target: ({ namespace }) => ({
    label: "Hides",
    title: namespace === null ? "traces everywhere" : `traces in ${namespace}`,
    detail: "events, not the audit log",
  }),
  gives: "Fewer traces: events about pods that were started, pulled or refused.",
  fix: "Remove delete on events, and rely on the audit log.",
  technique: "T1070",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/",
};
