import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const TEKTON: Operator = {
  product: "Tekton",
  group: "tekton.dev",
  resource: "pipelineruns",
  images: ["tektoncd/pipeline/cmd/controller", "tektoncd/pipeline/controller"],
};

/** A run names the account of its pods; tasks name their images. */
export const operatorTektonRun: EscalationEdge = {
  id: "OPERATOR_TEKTON_RUN",
  primitive: "R74",
  name: "run pipelines",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [
    [
      ...rights(["create"], TEKTON.group, ["pipelineruns", "taskruns"]),
      ...rights(["update", "patch"], TEKTON.group, ["pipelineruns", "pipelines", "taskruns", "tasks"]),
    ],
  ],
  applies: (_, facts, holder) => !isController(facts, TEKTON, holder),
  gain: ({ namespace }) => ({ type: "new-pods", namespace }),
  state: (_, facts) => operatorState(facts, TEKTON),
  severity: ({ namespace }, facts) => accountSeverity({ namespace }, facts, "medium"),
  sentence: (place) =>
    `can run pods as any service account${inPlace(place)} by Tekton: it may write ${namedOr("runs of pipelines", place, "the run or pipeline")}`,
  target: ({ namespace }, facts) => accountTarget({ namespace }, facts),
  gives: "Pods of its own, made by Tekton, as any service account of the namespace.",
  fix: "Start runs through triggers of fixed pipelines, and keep powerful accounts out of their namespaces.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
