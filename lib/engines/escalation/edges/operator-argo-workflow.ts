import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const ARGO_WORKFLOWS: Operator = {
  product: "Argo Workflows",
  group: "argoproj.io",
  resource: "workflows",
  images: ["argoproj/workflow-controller"],
};

/** Every step of a workflow is a pod, with the image, account and volumes that the workflow names. */
export const operatorArgoWorkflow: EscalationEdge = {
  id: "OPERATOR_ARGO_WORKFLOW",
  primitive: "R74",
  name: "run workflows",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [
    rights(["create", "update", "patch"], ARGO_WORKFLOWS.group, ["cronworkflows", "workflows", "workflowtemplates"]),
  ],
  applies: (_, facts, holder) => !isController(facts, ARGO_WORKFLOWS, holder),
  gain: ({ namespace }) => ({ type: "new-pods", namespace }),
  state: (_, facts) => operatorState(facts, ARGO_WORKFLOWS),
  severity: ({ namespace }, facts) => accountSeverity({ namespace }, facts, "medium"),
  sentence: (place) =>
    `can run pods as any service account${inPlace(place)} by Argo Workflows: it may write ${namedOr("workflows", place, "the workflow")}`,
  target: ({ namespace }, facts) => accountTarget({ namespace }, facts),
  gives: "Pods of its own, made by the workflow controller, as any service account of the namespace.",
  precondition: "a controller that reads workflows of the namespace",
  fix: "Let workflows be made from templates only, and keep powerful accounts out of their namespaces.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
