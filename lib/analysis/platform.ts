import type { ClusterSnapshot } from "../model/snapshot.ts";
import { labelValue } from "../model/labels.ts";

/** Marks in the server's version that name a product. */
const VERSION_MARKS: readonly (readonly [RegExp, string])[] = [
  [/-eks-/, "EKS"],
  [/-gke\./, "GKE"],
  [/\+k3s/, "k3s"],
  [/\+rke2/, "RKE2"],
  [/-aliyun/, "ACK"],
];

/** Label of a node that names a product. */
const NODE_MARKS: readonly (readonly [string, string])[] = [
  ["eks.amazonaws.com/nodegroup", "EKS"],
  ["cloud.google.com/gke-nodepool", "GKE"],
  ["kubernetes.azure.com/cluster", "AKS"],
  ["node.openshift.io/os_id", "OpenShift"],
  ["minikube.k8s.io/name", "minikube"],
];

/** The Kubernetes product, guessed from the version and node labels; null when nothing tells. */
export function platformOf({
  version,
  objects,
  source,
}: Pick<ClusterSnapshot, "version" | "objects" | "source">): string | null {
  const byVersion = VERSION_MARKS.find(([mark]) => mark.test(version?.gitVersion ?? ""))?.[1];
  if (byVersion) return byVersion;
  for (const node of objects.nodes) {
    const byLabel = NODE_MARKS.find(([label]) => labelValue(node.metadata.labels, label) !== undefined)?.[1];
    if (byLabel) return byLabel;
    if (node.providerId?.startsWith("kind://")) return "kind";
  }
  if (objects.configMaps.some(({ metadata }) => metadata.name === "kubeadm-config")) return "kubeadm";
  return source.type === "manifests" ? "manifests" : null;
}
