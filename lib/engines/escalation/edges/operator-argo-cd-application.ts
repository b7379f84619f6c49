import { namedOr, inPlace, type EscalationEdge } from "../edge.ts";
import { actingAs, controllersOf, controllerTarget, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const ARGO_CD: Operator = {
  product: "Argo CD",
  group: "argoproj.io",
  resource: "applications",
  images: ["argoproj/argocd"],
  account: "application-controller",
};

/** Argo CD deploys what an Application names with the rights of its own controller. */
export const operatorArgoCdApplication: EscalationEdge = {
  id: "OPERATOR_ARGO_CD_APPLICATION",
  primitive: "R74",
  name: "deploy by Argo CD",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["create", "update", "patch"], ARGO_CD.group, ["applications", "applicationsets"])],
  applies: (_, facts, holder) => !isController(facts, ARGO_CD, holder),
  gain: (_, facts) => actingAs(controllersOf(facts, ARGO_CD)),
  state: ({ namespace }, facts) => {
    const state = operatorState(facts, ARGO_CD);
    const own = controllersOf(facts, ARGO_CD).some((account) => account.namespace === namespace);
    if (state.state !== "active" || namespace === null || own) return state;
    return { state: "latent", reason: `whether Argo CD reads applications in ${namespace} is not known` };
  },
  severity: () => "medium",
  sentence: (place) =>
    `can deploy anything with the rights of Argo CD: it may write ${namedOr("applications", place, "the application")}${inPlace(place)}`,
  target: (_, facts) => controllerTarget(facts, ARGO_CD),
  gives: "Any object that Argo CD's controller may create, from a repository of its choice.",
  precondition: "a project that allows the repository and the destination",
  fix: "Restrict the projects, and let applications be written through Argo CD's own rights.",
  technique: "T1072",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
