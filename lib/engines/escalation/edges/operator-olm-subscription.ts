import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { actingAs, controllersOf, controllerTarget, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const OLM: Operator = {
  product: "Operator Lifecycle Manager",
  group: "operators.coreos.com",
  resource: "clusterserviceversions",
  images: ["operator-framework/olm"],
};

/** The manager installs an operator with every right that its description asks for. */
export const operatorOlmSubscription: EscalationEdge = {
  id: "OPERATOR_OLM_SUBSCRIPTION",
  primitive: "R74",
  name: "install operators",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [
    rights(["create", "update", "patch"], OLM.group, ["catalogsources", "clusterserviceversions", "subscriptions"]),
  ],
  applies: (_, facts, holder) => !isController(facts, OLM, holder),
  gain: (_, facts) => actingAs(controllersOf(facts, OLM)),
  state: (_, facts) => operatorState(facts, OLM),
  severity: () => "high",
  sentence: (place) =>
    `can install operators with rights of their own choice${inPlace(place)}: it may write ${namedOr("subscriptions or what they install", place, "the subscription or catalog")}`,
  target: (_, facts) => controllerTarget(facts, OLM),
  gives: "An operator of its choice, with the cluster roles that its description asks for.",
  precondition: "an OperatorGroup in the namespace",
  fix: "Let operators be installed by the administrators of the cluster, or give the OperatorGroup an account with few rights.",
  technique: "T1072",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
