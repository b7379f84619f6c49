import type { EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The kubelet serves /var/log of its node, with the logs of every container on it. */
export const nodeLog: EscalationEdge = {
  id: "NODE_LOG",
  primitive: "R51",
  name: "read node logs",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: () => [rights(["get"], "", ["nodes/log"])],
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: () => "may read the logs of nodes, and of every container on them, from the kubelet",
  target: () => ({ label: "Reads", title: "logs of the nodes", detail: "system services and every container" }),
  gives: "Files below /var/log of nodes: system services, and the output of every container there.",
  precondition: "a way to port 10250 of the nodes",
  fix: "Grant nodes/log to what ships logs only, and keep the kubelet's port away from pods.",
  technique: "T1005",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",
};
