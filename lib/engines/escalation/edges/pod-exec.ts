import {
  accountSeverity,
  accountTarget,
  getMayBeEnough,
  inPlace,
  untilMinor,
  type EdgeFacts,
  type EscalationEdge,
  type Holder,
  type Place,
} from "../edge.ts";

/** Last minor version in which `get` alone opens a shell over a WebSocket; later ones ask for `create` too. */
const LAST_MINOR_WITH_GET = 34;
const EXEC = { apiGroup: "", resource: "pods", subresource: "exec" } as const;

/** Needs `create` on pods/exec; `get pods` is not needed. A rule limited by name counts: it opens the named pods. */
export const podExec: EscalationEdge = {
  id: "POD_EXEC",
  primitive: "R40",
  name: "exec into pods",
  scope: "namespace",
  implies: ["POD_ATTACH", "POD_PORT_FORWARD", "POD_SERVICE_PROXY", "POD_UPDATE", "WORKLOAD_DELETE"],
  effort: 1,
  needs: (facts) => [
    [
      { verb: "create", ...EXEC, names: "any" },
      ...(getMayBeEnough(facts, LAST_MINOR_WITH_GET) ? [{ verb: "get", ...EXEC, names: "any" } as const] : []),
    ],
  ],
  gain: (place, facts, holder) => ({ type: "pods", namespace: place.namespace, names: podNames(place, facts, holder) }),
  state: ({ namespace }, facts, holder) =>
    facts.minor !== null || holder.holds({ verb: "create", ...EXEC, names: "any" }, namespace)
      ? { state: "active" }
      : untilMinor(facts, LAST_MINOR_WITH_GET, "get alone opens no shell any more"),
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place) => `may open a shell in running pods${inPlace(place)}`,
  target: accountTarget,
  gives: "Code execution in running pods, with their files, environment and service account token.",
  fix: "Remove pods/exec, or grant it in single namespaces through a group that is switched on only when needed.",
  technique: "T1609",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

/** Where the version is not known, what `create` opens counts, if it opens anything. */
function podNames({ namespace, names = null }: Place, { minor, cluster }: EdgeFacts, holder: Holder) {
  const create = { verb: "create", ...EXEC };
  if (minor !== null || !holder.holds({ ...create, names: "any" }, namespace)) return names;
  if (holder.holds(create, namespace)) return null;
  const pods = namespace === null ? cluster.pods : cluster.podsIn(namespace);
  return [...new Set(pods.map(({ name }) => name))]
    .filter((name) => holder.holds({ ...create, name }, namespace))
    .sort();
}
