import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { controllersOf, controllerTarget, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const PROMETHEUS: Operator = {
  product: "Prometheus",
  group: "monitoring.coreos.com",
  resource: "servicemonitors",
  images: ["prom/prometheus", "prometheus/prometheus"],
};
const OPERATOR: Operator = { ...PROMETHEUS, images: ["prometheus-operator/prometheus-operator"] };

/** A monitor names what Prometheus asks, and which file of Prometheus it shows there as its token. */
export const operatorServiceMonitor: EscalationEdge = {
  id: "OPERATOR_SERVICE_MONITOR",
  primitive: "R74",
  name: "write monitors",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["create", "update", "patch"], PROMETHEUS.group, ["servicemonitors"])],
  applies: (_, facts, holder) => ![PROMETHEUS, OPERATOR].some((operator) => isController(facts, operator, holder)),
  gain: (_, facts) =>
    controllersOf(facts, PROMETHEUS).map(({ namespace, name }) => ({ type: "accounts", namespace, names: [name] })),
  state: (_, facts) => {
    const state = operatorState(facts, PROMETHEUS);
    return state.state === "active" ? operatorState(facts, { ...OPERATOR, product: "the Prometheus Operator" }) : state;
  },
  severity: () => "medium",
  sentence: (place) =>
    `can have Prometheus send its own token to a server of its choice: it may write ${namedOr("service monitors", place, "the service monitor")}${inPlace(place)}`,
  target: (_, facts) => controllerTarget(facts, PROMETHEUS),
  gives: "A token of the account that Prometheus runs as.",
  precondition: "a Prometheus that selects the monitor and may read files for it",
  fix: "Set arbitraryFSAccessThroughSMs.deny on the Prometheus objects.",
  technique: "T1528",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
