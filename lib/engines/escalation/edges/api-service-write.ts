import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The aggregator sends requests for an API group where its APIService says, with the name and groups of who asks. */
export const apiServiceWrite: EscalationEdge = {
  id: "API_SERVICE_WRITE",
  primitive: "R62",
  name: "redirect the API",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [rights(["create", "update", "patch"], "apiregistration.k8s.io", ["apiservices"])],
  gain: () => ({ type: "none" }),
  severity: ({ names }) => (names ? "medium" : "high"),
  sentence: (place) =>
    `can answer for the API server: it may redirect ${namedOr("any API group", place, "the API")} to a server of its own`,
  target: ({ names }) => ({
    label: "Intercepts",
    title: names ? names.join(", ") : "any API group",
    detail: "requests, answers and who asks",
  }),
  gives: "Requests for an API group with their contents and who sent them, and the answers to them.",
  precondition: "a Service of its own in the cluster",
  fix: "Leave APIServices to those who install aggregated APIs, limited with resourceNames.",
  technique: "T1557",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/",
};
