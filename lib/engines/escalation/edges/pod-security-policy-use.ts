import {
  inPlace,
  namedOr,
  untilMinor,
  type EdgeFacts,
  type EdgeState,
  type EscalationEdge,
  type Place,
} from "../edge.ts";
import { jsonField } from "../json-field.ts";
import { allowsPrivileged } from "../pod-security-allows.ts";
import { rights, START_POD } from "../rights.ts";

/** Last minor version that knows pod security policies. */
const LAST_MINOR = 24;

/** A pod passes when its author, or its account, may use one policy that allows it. */
export const podSecurityPolicyUse: EscalationEdge = {
  id: "POD_SECURITY_POLICY_USE",
  primitive: "R49",
  name: "use a privileged policy",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [rights(["use"], "policy", ["podsecuritypolicies"]), START_POD],
  applies: (_, { minor, cluster }) =>
    (minor === null || minor <= LAST_MINOR) && cluster.serves("policy", "podsecuritypolicies") !== false,
  gain: () => ({ type: "nodes", names: null }),
  state: stateIn,
  severity: () => "high",
  sentence: (place) =>
    `can run privileged pods${inPlace(place)}: it may use ${namedOr("any pod security policy", place, "the pod security policy")} and start pods`,
  target: () => ({ label: "Breaks out to", title: "any node", detail: "by a privileged pod" }),
  gives: "Root on any node of the cluster, by a pod that its policy allows to be privileged.",
  precondition: "Kubernetes up to 1.24",
  fix: "Let only the accounts that need it use a privileged policy, limited with resourceNames.",
  technique: "T1611",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-policy/",
};

function stateIn(place: Place, facts: EdgeFacts): EdgeState {
  const version = untilMinor(facts, LAST_MINOR, "pod security policies were removed with Kubernetes 1.25");
  if (version.state !== "active") return version;
  if (!allowsPrivileged(place, facts))
    return { state: "blocked", reason: "Pod Security refuses privileged pods there" };
  const { cluster } = facts;
  const known = cluster.objects.podSecurityPolicies.filter(
    ({ metadata }) => !place.names || place.names.includes(metadata.name),
  );
  if (
    cluster.unread("policy", "podsecuritypolicies", null) ||
    known.some(({ spec }) => jsonField(spec, "privileged") === true)
  )
    return { state: "active" };
  return { state: "latent", reason: "no policy that it may use allows privileged pods" };
}
