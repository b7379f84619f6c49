import type { EscalationEdge } from "../edge.ts";

/** What nodes and API servers beside the main one take over as given. */
const NAMES = ["extension-apiserver-authentication", "kubeadm-config", "kubelet-config"];

export const controlPlaneConfigWrite: EscalationEdge = {
  id: "CONTROL_PLANE_CONFIG_WRITE",
  primitive: "R28",
  name: "change component settings",
  scope: "namespace",
  onlyIn: ["kube-system"],
  implies: [],
  effort: 3,
  needs: () => [
    NAMES.flatMap((name) =>
      (["update", "patch"] as const).map((verb) => ({ verb, apiGroup: "", resource: "configmaps", name })),
    ),
  ],
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: () => "may change settings in kube-system that nodes and extension API servers trust",
  target: () => ({ label: "Changes", title: "component settings", detail: "of nodes and extension API servers" }),
  gives:
    "Certificate authorities that extension API servers accept, and settings that kubelets get when a node joins or is upgraded.",
  precondition: "an extension API server, or the next join or upgrade of a node",
  fix: "Limit the rule with resourceNames to the ConfigMaps it is needed for.",
  technique: "T1556",
  source: "https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/",
};
