import type { ClusterFacts } from "../cluster-facts.ts";
import { inPlace, type EdgeFacts, type EscalationEdge, type Holder, type Place } from "../edge.ts";
import { jsonField, jsonText } from "../json-field.ts";
import { rights } from "../rights.ts";

const GROUP = "admissionregistration.k8s.io";
const CHANGE = ["update", "patch", "delete", "deletecollection"];

/** An object, or several, from which a validating policy takes its limits. */
interface Parameter {
  readonly policy: string;
  readonly group: string;
  readonly resource: string;
  readonly namespaced: boolean;
  /** Absent: that of the object which is judged. */
  readonly namespace?: string;
  /** Absent: chosen by labels. */
  readonly name?: string;
}

/** Whoever writes the parameters of a policy sets its limits, without any right on the policy. */
export const admissionParameterWrite: EscalationEdge = {
  id: "ADMISSION_PARAMETER_WRITE",
  primitive: "R61",
  name: "loosen admission parameters",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: (facts) => {
    const parameters = parametersOf(facts);
    // Then it applies nowhere: a right that hardly anybody holds is looked up fastest.
    if (parameters.length === 0) return [rights(["update"], GROUP, ["validatingadmissionpolicybindings"])];
    const resources = new Map(parameters.map(({ group, resource }) => [`${group}/${resource}`, { group, resource }]));
    return [[...resources.values()].flatMap(({ group, resource }) => rights(CHANGE, group, [resource]))];
  },
  applies: (place, facts, holder) => writable(place, facts, holder).length > 0,
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: (place, facts) =>
    `may loosen an admission policy${inPlace(place)}: it may write its parameters${listed(facts)}`,
  target: (_, facts) => ({
    label: "Disables",
    title: "an admission policy",
    detail: policiesOf(parametersOf(facts)) || "none takes parameters",
  }),
  gives: "An admission policy that no longer refuses what it was made to refuse.",
  precondition: "a ValidatingAdmissionPolicy with a binding that names parameters",
  fix: "Keep parameters in a namespace where only the owners of the policies may write.",
  technique: "T1562.001",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#parameter-resources",
};

const KNOWN = new WeakMap<ClusterFacts, readonly Parameter[]>();

function parametersOf({ cluster }: EdgeFacts): readonly Parameter[] {
  let known = KNOWN.get(cluster);
  if (!known) KNOWN.set(cluster, (known = readParameters(cluster)));
  return known;
}

/** Parameters of validating policies, by their bindings; kinds that the API does not serve are left out. */
function readParameters(cluster: ClusterFacts): readonly Parameter[] {
  const { admissionPolicies } = cluster.objects;
  const kinds = new Map(
    admissionPolicies
      .filter(({ group, kind }) => group === GROUP && kind === "ValidatingAdmissionPolicy")
      .map(({ metadata, spec }) => [metadata.name, jsonField(spec, "paramKind")]),
  );
  return admissionPolicies
    .filter(({ group, kind }) => group === GROUP && kind === "ValidatingAdmissionPolicyBinding")
    .flatMap(({ spec }): Parameter[] => {
      const policy = jsonText(jsonField(spec, "policyName")) ?? "";
      const reference = jsonField(spec, "paramRef");
      const paramKind = kinds.get(policy);
      if (reference === undefined || paramKind === undefined) return [];
      const served = cluster.servedAs(
        jsonText(jsonField(paramKind, "apiVersion")) ?? "",
        jsonText(jsonField(paramKind, "kind")) ?? "",
      );
      if (!served) return [];
      const name = jsonText(jsonField(reference, "name"));
      const namespace = jsonText(jsonField(reference, "namespace"));
      return [{ policy, ...served, ...(name ? { name } : {}), ...(namespace ? { namespace } : {}) }];
    });
}

/** Parameters that the holder may change with what it holds in the place. */
function writable({ namespace }: Place, facts: EdgeFacts, holder: Holder): readonly Parameter[] {
  return parametersOf(facts).filter((parameter) => {
    if (namespace !== null) {
      if (!parameter.namespaced) return false;
      if (parameter.namespace !== undefined && parameter.namespace !== namespace) return false;
    }
    return rights(CHANGE, parameter.group, [parameter.resource]).some((query) =>
      holder.holds(
        parameter.name === undefined || query.names !== "any"
          ? query
          : { ...query, names: "exact", name: parameter.name },
        namespace,
      ),
    );
  });
}

function policiesOf(parameters: readonly Parameter[]): string {
  const names = [...new Set(parameters.map(({ policy }) => policy))];
  return `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
}

function listed(facts: EdgeFacts): string {
  const policies = policiesOf(parametersOf(facts));
  return policies === "" ? "" : ` (${policies})`;
}
