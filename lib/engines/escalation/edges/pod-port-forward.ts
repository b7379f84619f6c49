import { getMayBeEnough, inPlace, namedOr, untilMinor, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Last minor version in which `get` alone forwards over a WebSocket; later ones ask for `create` too. */
const LAST_MINOR_WITH_GET = 34;
const CREATE = rights(["create"], "", ["pods/portforward"]);

/** The connection is made inside the pod's network namespace, so policies on the pod do not see it. */
export const podPortForward: EscalationEdge = {
  id: "POD_PORT_FORWARD",
  primitive: "R42",
  name: "forward ports",
  scope: "namespace",
  implies: ["POD_SERVICE_PROXY"],
  effort: 1,
  needs: (facts) => [
    [...CREATE, ...(getMayBeEnough(facts, LAST_MINOR_WITH_GET) ? rights(["get"], "", ["pods/portforward"]) : [])],
  ],
  gain: () => ({ type: "none" }),
  state: ({ namespace }, facts, holder) =>
    facts.minor !== null || CREATE.some((query) => holder.holds(query, namespace))
      ? { state: "active" }
      : untilMinor(facts, LAST_MINOR_WITH_GET, "get alone forwards nothing any more"),
  severity: ({ namespace }, facts) => (namespace === null || facts.isSystemNamespace(namespace) ? "medium" : "low"),
  sentence: (place) =>
    `may connect to every port of ${namedOr("any pod", place, "the pod")}${inPlace(place)}, past network policies`,
  target: ({ namespace }) => ({
    label: "Reaches",
    title: namespace === null ? "ports of every pod" : `ports of pods in ${namespace}`,
    detail: "past network policies",
  }),
  gives: "Connections to any port of the pods, also to those that listen on localhost only.",
  fix: "Remove pods/portforward where nobody debugs, and let services behind it ask for credentials.",
  technique: "T1090",
  source: "https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/",
};
