/** Who else than the operator of a cluster makes roles: add-ons, platforms and controllers that many clusters run. */
export interface KnownMaker {
  /** Stands in URLs. */
  readonly id: string;
  readonly label: string;
  /** Beginnings of names. One that ends in a letter must be followed by the end of the name or one of `-:._`. */
  readonly prefixes: readonly string[];
  /** Values of `app.kubernetes.io/part-of`, `app.kubernetes.io/name` and of the chart's name in `helm.sh/chart`. */
  readonly apps?: readonly string[];
}

/** By id. A name or label is a claim, not a proof: anybody who may make a role may call it like this. */
export const KNOWN_MAKERS: readonly KnownMaker[] = [
  { id: "aks", label: "Azure AKS", prefixes: ["aks-", "azure-", "container-azm-", "omsagent"] },
  { id: "argo-cd", label: "Argo CD", prefixes: ["argocd", "argo-cd"], apps: ["argocd", "argo-cd"] },
  {
    id: "argo-workflows",
    label: "Argo Workflows, Events and Rollouts",
    prefixes: ["argo-workflows", "argo-events", "argo-rollouts", "argo-aggregate-to", "argo-cluster-role", "argo-role"],
    apps: ["argo-workflows", "argo-events", "argo-rollouts"],
  },
  { id: "calico", label: "Calico", prefixes: ["calico", "tigera"], apps: ["calico", "tigera-operator"] },
  { id: "cert-manager", label: "cert-manager", prefixes: ["cert-manager"], apps: ["cert-manager"] },
  { id: "cilium", label: "Cilium", prefixes: ["cilium", "hubble"], apps: ["cilium"] },
  {
    id: "cluster-api",
    label: "Cluster API",
    prefixes: ["capi-", "capa-", "capz-", "capg-", "capv-"],
    apps: ["cluster-api"],
  },
  {
    id: "cluster-autoscaler",
    label: "Cluster Autoscaler",
    prefixes: ["cluster-autoscaler"],
    apps: ["cluster-autoscaler"],
  },
  { id: "coredns", label: "CoreDNS", prefixes: ["system:coredns", "coredns"], apps: ["coredns"] },
  { id: "crossplane", label: "Crossplane", prefixes: ["crossplane", "upbound"], apps: ["crossplane"] },
  {
    id: "csi-drivers",
    label: "CSI storage drivers",
    prefixes: [
      "ebs-csi",
      "efs-csi",
      "fsx-csi",
      "csi-",
      "secrets-store-csi",
      "nfs-csi",
      "azuredisk-csi",
      "azurefile-csi",
    ],
    apps: ["aws-ebs-csi-driver", "aws-efs-csi-driver", "secrets-store-csi-driver"],
  },
  { id: "datadog", label: "Datadog", prefixes: ["datadog"], apps: ["datadog", "datadog-operator"] },
  { id: "eks", label: "Amazon EKS", prefixes: ["eks:", "aws-node", "aws-load-balancer-controller", "vpc-resource-"] },
  {
    id: "elastic",
    label: "Elastic",
    prefixes: ["elastic-operator", "elastic-agent", "filebeat", "metricbeat"],
    apps: ["elastic-operator"],
  },
  { id: "external-dns", label: "ExternalDNS", prefixes: ["external-dns"], apps: ["external-dns"] },
  { id: "external-secrets", label: "External Secrets", prefixes: ["external-secrets"], apps: ["external-secrets"] },
  { id: "falco", label: "Falco", prefixes: ["falco"], apps: ["falco"] },
  { id: "flannel", label: "Flannel", prefixes: ["flannel", "kube-flannel"] },
  {
    id: "flux",
    label: "Flux",
    prefixes: ["flux-", "cluster-reconciler-flux-system", "crd-controller-flux-system"],
    apps: ["flux"],
  },
  { id: "gatekeeper", label: "Gatekeeper", prefixes: ["gatekeeper"], apps: ["gatekeeper"] },
  { id: "gke", label: "Google GKE", prefixes: ["gce:", "gke-", "gmp-", "system:gke-"] },
  {
    id: "grafana",
    label: "Grafana",
    prefixes: ["grafana", "loki", "tempo", "mimir", "alloy"],
    apps: ["grafana", "loki", "tempo", "mimir", "alloy"],
  },
  {
    id: "ingress-nginx",
    label: "ingress-nginx",
    prefixes: ["ingress-nginx", "nginx-ingress"],
    apps: ["ingress-nginx", "nginx-ingress"],
  },
  { id: "istio", label: "Istio", prefixes: ["istio", "istiod"], apps: ["istio", "istiod"] },
  {
    id: "k3s",
    label: "k3s and RKE2",
    prefixes: ["k3s-", "rke2-", "system:k3s-", "system:rke2-", "local-path-provisioner", "clustercidrs-"],
  },
  { id: "karpenter", label: "Karpenter", prefixes: ["karpenter"], apps: ["karpenter"] },
  { id: "keda", label: "KEDA", prefixes: ["keda"], apps: ["keda", "keda-operator"] },
  { id: "kind", label: "kind", prefixes: ["kindnet"] },
  { id: "knative", label: "Knative", prefixes: ["knative"], apps: ["knative-serving", "knative-eventing"] },
  { id: "kordon", label: "Kordon", prefixes: ["kordon"], apps: ["kordon"] },
  {
    id: "kube-state-metrics",
    label: "kube-state-metrics",
    prefixes: ["kube-state-metrics"],
    apps: ["kube-state-metrics"],
  },
  { id: "kubeadm", label: "kubeadm", prefixes: ["kubeadm:"] },
  {
    id: "kubernetes-dashboard",
    label: "Kubernetes Dashboard and Headlamp",
    prefixes: ["kubernetes-dashboard", "headlamp"],
    apps: ["kubernetes-dashboard", "headlamp"],
  },
  { id: "kubevirt", label: "KubeVirt", prefixes: ["kubevirt", "cdi-", "cdi.kubevirt.io"], apps: ["kubevirt"] },
  { id: "kyverno", label: "Kyverno", prefixes: ["kyverno"], apps: ["kyverno"] },
  { id: "linkerd", label: "Linkerd", prefixes: ["linkerd"], apps: ["linkerd"] },
  { id: "longhorn", label: "Longhorn", prefixes: ["longhorn"], apps: ["longhorn"] },
  { id: "metallb", label: "MetalLB", prefixes: ["metallb"], apps: ["metallb"] },
  {
    id: "metrics-server",
    label: "metrics-server",
    prefixes: ["system:metrics-server", "system:aggregated-metrics-reader", "metrics-server"],
    apps: ["metrics-server"],
  },
  {
    id: "node-problem-detector",
    label: "node-problem-detector",
    prefixes: ["node-problem-detector"],
    apps: ["node-problem-detector"],
  },
  {
    id: "openshift",
    label: "OpenShift",
    prefixes: [
      "openshift",
      "system:openshift:",
      "olm.",
      "olm-",
      "system:controller:operator-lifecycle-manager",
      "aggregate-olm-",
    ],
  },
  {
    id: "opentelemetry",
    label: "OpenTelemetry",
    prefixes: ["opentelemetry", "otel-collector"],
    apps: ["opentelemetry-operator", "opentelemetry-collector"],
  },
  {
    id: "prometheus",
    label: "Prometheus",
    prefixes: ["prometheus", "kube-prometheus", "alertmanager", "node-exporter"],
    apps: ["prometheus", "kube-prometheus-stack", "kube-prometheus", "prometheus-node-exporter", "alertmanager"],
  },
  {
    id: "rancher",
    label: "Rancher",
    prefixes: ["rancher", "cattle", "proxy-clusterrole-kubeapiserver"],
    apps: ["rancher"],
  },
  { id: "rook", label: "Rook and Ceph", prefixes: ["rook", "rbd-csi", "cephfs-csi", "ceph-"], apps: ["rook-ceph"] },
  {
    id: "sealed-secrets",
    label: "Sealed Secrets",
    prefixes: ["sealed-secrets", "secrets-unsealer"],
    apps: ["sealed-secrets"],
  },
  { id: "strimzi", label: "Strimzi", prefixes: ["strimzi"], apps: ["strimzi"] },
  { id: "tekton", label: "Tekton", prefixes: ["tekton"], apps: ["tekton-pipelines", "tekton-triggers"] },
  { id: "traefik", label: "Traefik", prefixes: ["traefik"], apps: ["traefik"] },
  { id: "trivy", label: "Trivy Operator", prefixes: ["trivy"], apps: ["trivy-operator"] },
  {
    id: "vault",
    label: "Vault",
    prefixes: ["vault-agent-injector", "vault-secrets-operator"],
    apps: ["vault", "vault-secrets-operator"],
  },
  { id: "velero", label: "Velero", prefixes: ["velero"], apps: ["velero"] },
];
