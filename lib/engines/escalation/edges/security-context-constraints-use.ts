import { inPlace, namedOr, type EdgeFacts, type EdgeState, type EscalationEdge, type Place } from "../edge.ts";
import { allowsPrivileged } from "../pod-security-allows.ts";
import { rights, START_POD } from "../rights.ts";

const GROUP = "security.openshift.io";
/** Constraints of every OpenShift cluster that lead to the node. */
const POWERFUL: ReadonlySet<string> = new Set(["hostmount-anyuid", "node-exporter", "privileged"]);

/** OpenShift: a pod passes when its author or its account may use constraints that allow it. */
export const securityContextConstraintsUse: EscalationEdge = {
  id: "SECURITY_CONTEXT_CONSTRAINTS_USE",
  primitive: "R49",
  name: "use privileged constraints",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [rights(["use"], GROUP, ["securitycontextconstraints"]), START_POD],
  applies: (_, { cluster }) => cluster.serves(GROUP, "securitycontextconstraints") !== false,
  gain: () => ({ type: "nodes", names: null }),
  state: stateIn,
  severity: () => "high",
  sentence: (place) =>
    `can run privileged pods${inPlace(place)}: it may use ${namedOr("any security context constraints", place, "the security context constraints")} and start pods`,
  target: () => ({ label: "Breaks out to", title: "any node", detail: "by a privileged pod" }),
  gives: "Root on any node of the cluster, by a pod that its constraints allow to be privileged.",
  precondition: "OpenShift",
  fix: "Let only the accounts that need it use privileged constraints, limited with resourceNames.",
  technique: "T1611",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

function stateIn(place: Place, facts: EdgeFacts): EdgeState {
  if (facts.cluster.serves(GROUP, "securitycontextconstraints") === null)
    return { state: "latent", reason: "whether the API serves the kind is not known" };
  if (!allowsPrivileged(place, facts))
    return { state: "blocked", reason: "Pod Security refuses privileged pods there" };
  if (!place.names || place.names.some((name) => POWERFUL.has(name))) return { state: "active" };
  return { state: "latent", reason: "what the named constraints allow was not read" };
}
