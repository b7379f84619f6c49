import { namedOr, type EdgeFacts, type EscalationEdge, type Holder } from "../edge.ts";
import { actingAs, controllersOf, controllerTarget, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const WRITE = ["create", "update", "patch"];
const OBJECTS: Operator = {
  product: "Crossplane",
  group: "kubernetes.crossplane.io",
  resource: "objects",
  images: ["crossplane-contrib/provider-kubernetes", "upbound/provider-kubernetes"],
};
const RELEASES: Operator = {
  product: "Crossplane",
  group: "helm.crossplane.io",
  resource: "releases",
  images: ["crossplane-contrib/provider-helm", "upbound/provider-helm"],
};
const PACKAGES: Operator = {
  product: "Crossplane",
  group: "pkg.crossplane.io",
  resource: "providers",
  images: ["crossplane/crossplane", "crossplane-contrib/crossplane"],
};
const PACKAGE_KINDS = ["configurations", "functions", "providers"];

/** Providers create what objects describe with their own account; a package is an image that Crossplane runs. */
export const operatorCrossplaneObject: EscalationEdge = {
  id: "OPERATOR_CROSSPLANE_OBJECT",
  primitive: "R74",
  name: "create by Crossplane",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [
    [
      ...rights(WRITE, OBJECTS.group, [OBJECTS.resource]),
      ...rights(WRITE, RELEASES.group, [RELEASES.resource]),
      ...rights(WRITE, PACKAGES.group, PACKAGE_KINDS),
    ],
  ],
  applies: (_, facts, holder) =>
    ![OBJECTS, RELEASES, PACKAGES].some((operator) => isController(facts, operator, holder)),
  gain: (_, facts, holder) =>
    heldBy(holder)
      .filter((operator) => operatorState(facts, operator).state === "active")
      .flatMap((operator) => gainOf(operator, facts)),
  state: (_, facts, holder) => {
    const states = heldBy(holder).map((operator) => operatorState(facts, operator));
    return states.find(({ state }) => state === "active") ?? states[0] ?? operatorState(facts, OBJECTS);
  },
  severity: () => "medium",
  sentence: (place) =>
    `can create anything with the rights of a Crossplane provider: it may write ${namedOr("its objects, releases or packages", place, "the object, release or package")}`,
  target: (_, facts) =>
    controllerTarget(
      facts,
      [OBJECTS, RELEASES].find((operator) => controllersOf(facts, operator).length > 0) ?? PACKAGES,
    ),
  gives: "Any object that the provider may create; by a package also a program of its own among Crossplane's.",
  precondition: "a provider configuration that uses the provider's own account",
  fix: "Let people write claims only, and keep objects, releases and packages to the administrators.",
  technique: "T1072",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};

function heldBy(holder: Holder): readonly Operator[] {
  return [OBJECTS, RELEASES, PACKAGES].filter((operator) => {
    const kinds = operator === PACKAGES ? PACKAGE_KINDS : [operator.resource];
    return rights(WRITE, operator.group, kinds).some((query) => holder.holds(query, null));
  });
}

function gainOf(operator: Operator, facts: EdgeFacts) {
  const accounts = controllersOf(facts, operator);
  if (operator !== PACKAGES) return actingAs(accounts);
  const namespaces = new Set(accounts.map(({ namespace }) => namespace));
  return [...namespaces].map((namespace) => ({ type: "new-pods", namespace }) as const);
}
