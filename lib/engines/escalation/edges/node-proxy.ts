import { namedOr, type EdgeFacts, type EscalationEdge, type Gain, type Place } from "../edge.ts";
import { activeIfAny } from "../role-rewriting.ts";

/** `get` alone is enough, on every version: the kubelet's exec endpoint is opened over a WebSocket. Nodes are cluster-scoped. */
export const nodeProxy: EscalationEdge = {
  id: "NODE_PROXY",
  primitive: "R50",
  name: "kubelet proxy",
  scope: "cluster",
  implies: ["NODE_CHECKPOINT", "NODE_LOG", "NODE_PODS"],
  effort: 1,
  needs: () => [
    (["get", "create"] as const).map((verb) => ({
      verb,
      apiGroup: "",
      resource: "nodes",
      subresource: "proxy",
      names: "any" as const,
    })),
  ],
  gain: gainsOn,
  state: (place, facts) => activeIfAny(gainsOn(place, facts), "no pod is known on the nodes that the rule names"),
  severity: () => "critical",
  sentence: (place) =>
    `may run commands in every pod of ${namedOr("any node", place, "the node")} through the kubelet, past admission and audit of the API server`,
  target: () => ({ label: "Takes over", title: "every pod on the nodes", detail: "with their service account tokens" }),
  gives: "Commands in every pod of the node, control plane pods included, without an exec entry in the audit log.",
  fix: "Replace nodes/proxy by the fine-grained nodes/metrics, nodes/stats or nodes/log.",
  technique: "T1609",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes",
};

/** Every pod; of a right limited to nodes those that run there. */
function gainsOn({ names }: Place, { cluster }: EdgeFacts): readonly Gain[] {
  if (!names) return [{ type: "pods", namespace: null, names: null }];
  const pods = names.flatMap((node) => cluster.podsOn(node));
  return [...Map.groupBy(pods, ({ namespace }) => namespace)].map(([namespace, own]) => ({
    type: "pods",
    namespace,
    names: own.map(({ name }) => name).sort(),
  }));
}
