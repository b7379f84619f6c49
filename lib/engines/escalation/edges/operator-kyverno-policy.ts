import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { actingAs, controllersOf, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const WRITE = ["create", "update", "patch"];
const ADMISSION: Operator = {
  product: "Kyverno",
  group: "kyverno.io",
  resource: "clusterpolicies",
  images: ["kyverno/kyverno"],
};
const BACKGROUND: Operator = { ...ADMISSION, images: ["kyverno/background-controller"] };
const CLUSTER_POLICIES = rights(WRITE, ADMISSION.group, ["clusterpolicies"]);
const POLICIES = rights(WRITE, ADMISSION.group, ["policies"]);

/** Policies change objects as they are written; those of the cluster also create objects with the background controller's rights. */
export const operatorKyvernoPolicy: EscalationEdge = {
  id: "OPERATOR_KYVERNO_POLICY",
  primitive: "R74",
  name: "write Kyverno policies",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [[...CLUSTER_POLICIES, ...POLICIES]],
  // Cluster policies are cluster-scoped: a role binding does not give them.
  applies: ({ namespace }, facts, holder) =>
    ![ADMISSION, BACKGROUND].some((operator) => isController(facts, operator, holder)) &&
    (namespace === null || POLICIES.some((query) => holder.holds(query, namespace))),
  gain: ({ namespace }, facts, holder) => [
    { type: "new-pods", namespace },
    ...(namespace === null && CLUSTER_POLICIES.some((query) => holder.holds(query, null))
      ? actingAs(controllersOf(facts, BACKGROUND))
      : []),
  ],
  state: (_, facts) => operatorState(facts, ADMISSION),
  severity: ({ namespace }) => (namespace === null ? "high" : "medium"),
  sentence: (place) =>
    `can rewrite pods and other objects as they are created${inPlace(place)}: it may write ${namedOr("policies of Kyverno", place, "the policy")}`,
  target: ({ namespace }) => ({
    label: "Rewrites",
    title: namespace === null ? "every new object" : `new objects of ${namespace}`,
    detail: "by policies of Kyverno",
  }),
  gives:
    "A change of its own to every object on its way into the place; cluster-wide also new objects with the controller's rights.",
  fix: "Leave policies to the administrators of the cluster.",
  technique: "T1546",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
