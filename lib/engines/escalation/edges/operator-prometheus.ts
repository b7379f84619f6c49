import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const PROMETHEUS_OPERATOR: Operator = {
  product: "the Prometheus Operator",
  group: "monitoring.coreos.com",
  resource: "prometheuses",
  images: ["prometheus-operator/prometheus-operator"],
};

/** These objects name the account of their pods, and containers to add to them. */
export const operatorPrometheus: EscalationEdge = {
  id: "OPERATOR_PROMETHEUS",
  primitive: "R74",
  name: "run Prometheus",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [
    rights(["create", "update", "patch"], PROMETHEUS_OPERATOR.group, [
      "alertmanagers",
      "prometheusagents",
      "prometheuses",
      "thanosrulers",
    ]),
  ],
  applies: (_, facts, holder) => !isController(facts, PROMETHEUS_OPERATOR, holder),
  gain: ({ namespace }) => ({ type: "new-pods", namespace }),
  state: (_, facts) => operatorState(facts, PROMETHEUS_OPERATOR),
  severity: ({ namespace }, facts) => accountSeverity({ namespace }, facts, "medium"),
  sentence: (place) =>
    `can run pods as any service account${inPlace(place)} by the Prometheus Operator: it may write ${namedOr("its instances", place, "the instance")}`,
  target: ({ namespace }, facts) => accountTarget({ namespace }, facts),
  gives: "Pods of its own, made by the operator, as any service account of the namespace.",
  fix: "Leave instances of Prometheus and Alertmanager to who runs monitoring; grant monitors and rules to others.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
