import type { EscalationEdge } from "../edge.ts";
import { CREATE_CONTROLLER, rights } from "../rights.ts";

/** A namespace of one's own has the labels that its creator gives it. */
export const namespaceCreate: EscalationEdge = {
  id: "NAMESPACE_CREATE",
  primitive: "R48",
  name: "unguarded namespaces",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [rights(["create"], "", ["namespaces"]), [...rights(["create"], "", ["pods"]), ...CREATE_CONTROLLER]],
  gain: () => ({ type: "nodes", names: null }),
  severity: () => "high",
  sentence: () => "can run privileged pods in a namespace of its own, where it sets the Pod Security level",
  target: () => ({ label: "Breaks out to", title: "any node", detail: "by a privileged pod in a new namespace" }),
  gives: "Root on any node of the cluster, by a privileged pod in a new namespace.",
  fix: "Let namespaces be created by a pipeline that sets their labels, or grant pods in single namespaces only.",
  technique: "T1611",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
};
