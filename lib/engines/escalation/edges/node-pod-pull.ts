import { accountSeverity, inPlace, type EscalationEdge, type Holder } from "../edge.ts";
import { rights } from "../rights.ts";

const STEER = rights(["update", "patch"], "", ["nodes", "nodes/status"]);
const DRIVE_OFF = [
  ...rights(["delete", "deletecollection"], "", ["pods"]),
  ...rights(["create"], "", ["pods/eviction"]),
];
const REMOVE_NODE = rights(["delete", "deletecollection"], "", ["nodes"]);

/** Every other node is closed and the pod ended: its successor starts on the one node that is left, the attacker's. */
export const nodePodPull: EscalationEdge = {
  id: "NODE_POD_PULL",
  primitive: "R53",
  name: "pull pods",
  scope: "namespace",
  implies: [],
  effort: 3,
  needs: () => [STEER, [...DRIVE_OFF, ...REMOVE_NODE]],
  // Rights on nodes count cluster-wide only, also where those on pods are held in one namespace.
  applies: ({ namespace }, _, holder) =>
    namespace === null ||
    (holdsAny(holder, STEER, null) && (holdsAny(holder, DRIVE_OFF, namespace) || holdsAny(holder, REMOVE_NODE, null))),
  gain: ({ namespace }) => ({ type: "pods", namespace, names: null }),
  state: () => ({ state: "latent", reason: "a node that the subject holds itself is needed first" }),
  severity: ({ namespace }, facts) => accountSeverity({ namespace }, facts, "medium"),
  sentence: ({ namespace }) =>
    `can drive pods${inPlace({ namespace })} to a node of its choice: it may close nodes and end pods`,
  target: ({ namespace }) => ({
    label: "Pulls",
    title: namespace === null ? "any pod" : `pods of ${namespace}`,
    detail: "to a node that it holds",
  }),
  gives: "Pods of others, with their tokens, on a node that the subject has taken over already.",
  precondition: "root on one node",
  fix: "Separate changing nodes from ending pods, and leave both to the cluster's own controllers.",
  technique: "T1528",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/",
};

function holdsAny(holder: Holder, queries: typeof STEER, namespace: string | null): boolean {
  return queries.some((query) => holder.holds(query, namespace));
}
