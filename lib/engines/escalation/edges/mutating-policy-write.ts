import { fromMinor, type EdgeFacts, type EdgeState, type EscalationEdge, type Holder, type Place } from "../edge.ts";
import { isObjectName, rights } from "../rights.ts";

const GROUP = "admissionregistration.k8s.io";
/** First minor version that serves the kind by default. */
const FIRST_MINOR = 36;

/** A policy changes objects inside the API server; without a binding it does nothing. */
export const mutatingPolicyWrite: EscalationEdge = {
  id: "MUTATING_POLICY_WRITE",
  primitive: "R60",
  name: "rewrite by policy",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [
    rights(["create", "update", "patch"], GROUP, ["mutatingadmissionpolicies"]),
    rights(["create", "update", "patch"], GROUP, ["mutatingadmissionpolicybindings"]),
  ],
  gain: () => ({ type: "new-pods", namespace: null }),
  state: (place, facts, holder) => {
    const state = served(facts);
    return state.state !== "active" || reachesPolicy(place, facts, holder)
      ? state
      : { state: "latent", reason: "no mutating admission policy of such a name is there" };
  },
  severity: () => "high",
  sentence: () => "can rewrite whatever anybody creates: it may write mutating admission policies and bind them",
  target: () => ({ label: "Rewrites", title: "every new object", detail: "pods of any namespace among them" }),
  gives:
    "A change of its own to every object on its way into the cluster, such as a container more in the pods of others.",
  precondition: "an API server that serves mutating admission policies",
  fix: "Leave policies and their bindings to the administrators of the cluster.",
  technique: "T1546",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/",
};

function served(facts: EdgeFacts): EdgeState {
  const serves = facts.cluster.serves(GROUP, "mutatingadmissionpolicies");
  if (serves === null) return fromMinor(facts, FIRST_MINOR, "mutating admission policies by default");
  return serves
    ? { state: "active" }
    : { state: "blocked", reason: "the API server does not serve mutating admission policies" };
}

/** Limited to names it takes a policy that bears one, or `create` and `patch` with the name, by which server-side apply makes it. */
function reachesPolicy({ names }: Place, { cluster }: EdgeFacts, holder: Holder): boolean {
  const resource = "mutatingadmissionpolicies";
  if (!names || cluster.unread(GROUP, resource, null)) return true;
  return names.some(
    (name) =>
      cluster.objects.admissionPolicies.some(
        ({ kind, metadata }) => kind === "MutatingAdmissionPolicy" && metadata.name === name,
      ) ||
      (isObjectName(name) &&
        ["create", "patch"].every((verb) => holder.holds({ verb, apiGroup: GROUP, resource, name }, null))),
  );
}
