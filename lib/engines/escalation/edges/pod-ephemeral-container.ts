import {
  accountSeverity,
  accountTarget,
  inPlace,
  namedOr,
  type EdgeFacts,
  type EscalationEdge,
  type Gain,
  type Place,
} from "../edge.ts";
import { rights } from "../rights.ts";

/** A container added to a running pod mounts the pod's volumes; where Pod Security does not forbid it, it is privileged. */
export const podEphemeralContainer: EscalationEdge = {
  id: "POD_EPHEMERAL_CONTAINER",
  primitive: "R39",
  name: "debug pods",
  scope: "namespace",
  implies: ["POD_UPDATE"],
  effort: 1,
  needs: () => [rights(["update", "patch"], "", ["pods/ephemeralcontainers"])],
  gain: (place, facts) => {
    const pods: Gain = { type: "pods", namespace: place.namespace, names: place.names ?? null };
    const nodes = nodesOfUnguardedPods(place, facts);
    if (nodes !== null && nodes.length === 0) return pods;
    return [pods, { type: "nodes", names: nodes }];
  },
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place) =>
    `may add a container of its own to ${namedOr("any running pod", place, "the running pod")}${inPlace(place)}`,
  target: accountTarget,
  gives:
    "Code in running pods, with their service account token; root on their node where no Pod Security level is enforced.",
  fix: "Remove pods/ephemeralcontainers, or grant it in single namespaces through a group that is switched on only when needed.",
  technique: "T1609",
  source: "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
};

/** Nodes of the pods in namespaces that enforce nothing; null where the node of one is not known: any. */
function nodesOfUnguardedPods({ namespace, names }: Place, { cluster }: EdgeFacts): readonly string[] | null {
  const pods = (namespace === null ? cluster.pods : cluster.podsIn(namespace)).filter(
    (pod) => cluster.podSecurity(pod.namespace) === "privileged" && (!names || names.includes(pod.name)),
  );
  const nodes = new Set(pods.map(({ node }) => node));
  return nodes.has(null) ? null : [...nodes].filter((node) => node !== null).sort();
}
