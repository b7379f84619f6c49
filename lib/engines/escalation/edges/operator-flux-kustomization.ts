import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { actingAs, controllersOf, controllerTarget, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const WRITE = ["create", "update", "patch"];
const KUSTOMIZE: Operator = {
  product: "Flux",
  group: "kustomize.toolkit.fluxcd.io",
  resource: "kustomizations",
  images: ["fluxcd/kustomize-controller"],
};
const HELM: Operator = {
  product: "Flux",
  group: "helm.toolkit.fluxcd.io",
  resource: "helmreleases",
  images: ["fluxcd/helm-controller"],
};

/** Flux applies what these objects name with its own rights, unless they, or a setting of the controller, name an account. */
export const operatorFluxKustomization: EscalationEdge = {
  id: "OPERATOR_FLUX_KUSTOMIZATION",
  primitive: "R74",
  name: "deploy by Flux",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [
    [...rights(WRITE, KUSTOMIZE.group, [KUSTOMIZE.resource]), ...rights(WRITE, HELM.group, [HELM.resource])],
  ],
  applies: (_, facts, holder) => ![KUSTOMIZE, HELM].some((operator) => isController(facts, operator, holder)),
  gain: ({ namespace }, facts, holder) =>
    [KUSTOMIZE, HELM]
      .filter(({ group, resource }) => rights(WRITE, group, [resource]).some((query) => holder.holds(query, namespace)))
      .filter((operator) => operatorState(facts, operator).state === "active")
      .flatMap((operator) => actingAs(controllersOf(facts, operator))),
  state: ({ namespace }, facts, holder) => {
    const held = [KUSTOMIZE, HELM].filter(({ group, resource }) =>
      rights(WRITE, group, [resource]).some((query) => holder.holds(query, namespace)),
    );
    const states = held.map((operator) => operatorState(facts, operator));
    return states.find(({ state }) => state === "active") ?? states[0] ?? operatorState(facts, KUSTOMIZE);
  },
  severity: () => "medium",
  sentence: (place) =>
    `can deploy anything with the rights of Flux: it may write ${namedOr("kustomizations or releases", place, "the kustomization or release")}${inPlace(place)}`,
  target: (_, facts) => controllerTarget(facts, controllersOf(facts, KUSTOMIZE).length > 0 ? KUSTOMIZE : HELM),
  gives: "Any object that Flux's controller may create, in any namespace.",
  precondition: "no default service account set for the controller",
  fix: "Start the controllers with --default-service-account, so that each object acts with rights of its own namespace.",
  technique: "T1072",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
