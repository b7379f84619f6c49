import type { EscalationEdge } from "../edge.ts";

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
  gain: () => ({ type: "pods", namespace: null, names: null }),
  severity: () => "critical",
  sentence: () =>
    "may run commands in every pod of a node through the kubelet, past admission and audit of the API server",
  target: () => ({ label: "Takes over", title: "every pod on the nodes", detail: "with their service account tokens" }),
  gives: "Commands in every pod of the node, control plane pods included, without an exec entry in the audit log.",
  fix: "Replace nodes/proxy by the fine-grained nodes/metrics, nodes/stats or nodes/log.",
  technique: "T1609",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes",
};
