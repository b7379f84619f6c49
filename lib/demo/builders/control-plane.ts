import type { Json } from "#lib/model/metadata.ts";
import type { CommandFlag, PodSpec, Volume } from "#lib/model/pod.ts";
import type { ClusterDraft } from "../draft.ts";
import type { NodePool } from "./nodes.ts";
import { toLabels } from "#lib/model/labels.ts";
import { ownerOf } from "../draft.ts";
import { digestOf } from "../random.ts";
import { aContainer, aPodSpec } from "./pod-spec.ts";

export interface ControlPlaneFacts {
  readonly etcdImage: string;
  /** Flags of the API server that differ from, or come on top of, those of every cluster; undefined removes one. */
  readonly apiServer: ReadonlyMap<string, string | undefined>;
  readonly controllerManager?: ReadonlyMap<string, string | undefined>;
  /** Settings of the kubelet, as in its configuration file. */
  readonly kubelet: { readonly [name: string]: Json };
}

const PKI = "/etc/kubernetes/pki";
const API_SERVER_FLAGS: ReadonlyMap<string, string> = new Map([
  ["allow-privileged", "true"],
  ["authorization-mode", "Node,RBAC"],
  ["client-ca-file", `${PKI}/ca.crt`],
  ["enable-admission-plugins", "NodeRestriction"],
  ["enable-bootstrap-token-auth", "true"],
  ["etcd-cafile", `${PKI}/etcd/ca.crt`],
  ["etcd-certfile", `${PKI}/apiserver-etcd-client.crt`],
  ["etcd-keyfile", `${PKI}/apiserver-etcd-client.key`],
  ["etcd-servers", "https://127.0.0.1:2379"],
  ["kubelet-client-certificate", `${PKI}/apiserver-kubelet-client.crt`],
  ["kubelet-client-key", `${PKI}/apiserver-kubelet-client.key`],
  ["requestheader-allowed-names", "front-proxy-client"],
  ["requestheader-client-ca-file", `${PKI}/front-proxy-ca.crt`],
  ["secure-port", "6443"],
  ["service-account-issuer", "https://kubernetes.default.svc.cluster.local"],
  ["service-account-key-file", `${PKI}/sa.pub`],
  ["service-account-signing-key-file", `${PKI}/sa.key`],
  ["service-cluster-ip-range", "10.96.0.0/16"],
  ["tls-cert-file", `${PKI}/apiserver.crt`],
  ["tls-private-key-file", `${PKI}/apiserver.key`],
]);
const CONTROLLER_MANAGER_FLAGS: ReadonlyMap<string, string> = new Map([
  ["authentication-kubeconfig", "/etc/kubernetes/controller-manager.conf"],
  ["authorization-kubeconfig", "/etc/kubernetes/controller-manager.conf"],
  ["bind-address", "127.0.0.1"],
  ["client-ca-file", `${PKI}/ca.crt`],
  ["cluster-signing-cert-file", `${PKI}/ca.crt`],
  ["cluster-signing-key-file", `${PKI}/ca.key`],
  ["leader-elect", "true"],
  ["root-ca-file", `${PKI}/ca.crt`],
  ["service-account-private-key-file", `${PKI}/sa.key`],
  ["use-service-account-credentials", "true"],
]);
const SCHEDULER_FLAGS: ReadonlyMap<string, string> = new Map([
  ["authentication-kubeconfig", "/etc/kubernetes/scheduler.conf"],
  ["authorization-kubeconfig", "/etc/kubernetes/scheduler.conf"],
  ["bind-address", "127.0.0.1"],
  ["leader-elect", "true"],
]);
const ETCD_FLAGS: ReadonlyMap<string, string> = new Map([
  ["cert-file", `${PKI}/etcd/server.crt`],
  ["client-cert-auth", "true"],
  ["key-file", `${PKI}/etcd/server.key`],
  ["listen-metrics-urls", "http://127.0.0.1:2381"],
  ["peer-cert-file", `${PKI}/etcd/peer.crt`],
  ["peer-client-cert-auth", "true"],
  ["peer-key-file", `${PKI}/etcd/peer.key`],
  ["peer-trusted-ca-file", `${PKI}/etcd/ca.crt`],
  ["trusted-ca-file", `${PKI}/etcd/ca.crt`],
]);

/** Adds the static pods of every control plane node, as their mirror pods show them, and the component ConfigMaps. */
export function addControlPlane(draft: ClusterDraft, nodes: NodePool, facts: ControlPlaneFacts): void {
  const image = (binary: string): string => `registry.k8s.io/${binary}:${draft.version}`;
  const components = [
    { binary: "etcd", image: facts.etcdImage, flags: ETCD_FLAGS },
    { binary: "kube-apiserver", image: image("kube-apiserver"), flags: changed(API_SERVER_FLAGS, facts.apiServer) },
    {
      binary: "kube-controller-manager",
      image: image("kube-controller-manager"),
      flags: changed(CONTROLLER_MANAGER_FLAGS, facts.controllerManager ?? new Map()),
    },
    { binary: "kube-scheduler", image: image("kube-scheduler"), flags: SCHEDULER_FLAGS },
  ];
  for (const component of components) addStaticPods(draft, nodes, component);
  addComponentConfig(draft, facts);
}

interface Component {
  readonly binary: string;
  readonly image: string;
  readonly flags: ReadonlyMap<string, string>;
}

function changed(
  flags: ReadonlyMap<string, string>,
  changes: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, string> {
  const result = new Map(flags);
  for (const [name, value] of changes) {
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function addStaticPods(draft: ClusterDraft, nodes: NodePool, component: Component): void {
  const spec = staticPodSpec(component);
  for (const node of nodes.controlPlane) {
    const hostIP = node.addresses[0]?.address ?? "";
    draft.add("pods", {
      metadata: draft.metadata("Pod", {
        namespace: "kube-system",
        name: `${component.binary}-${node.metadata.name}`,
        labels: toLabels({ component: component.binary, tier: "control-plane" }),
        annotations: toLabels({
          "kubernetes.io/config.mirror": digestOf(JSON.stringify(spec)).slice(0, 32),
          "kubernetes.io/config.source": "file",
        }),
        owners: [ownerOf("v1", "Node", node.metadata)],
      }),
      spec,
      nodeName: node.metadata.name,
      phase: "Running",
      podIPs: [hostIP],
      hostIP,
      imageIds: [[component.binary, `${component.image.replace(/:[^:]*$/, "")}@sha256:${digestOf(component.image)}`]],
    });
  }
}

function staticPodSpec({ binary, image, flags }: Component): PodSpec {
  const path = binary === "etcd" ? "/var/lib/etcd" : PKI;
  const volume: Volume = { name: "host", type: "hostPath", hostPath: { path, type: "DirectoryOrCreate" } };
  const container = aContainer(
    {
      name: binary,
      image,
      binary,
      flags: [...flags].map(([name, value]): CommandFlag => ({ name, value })),
      volumeMounts: [{ name: "host", mountPath: path, readOnly: binary !== "etcd" }],
    },
    "plain",
  );
  return aPodSpec("plain", {
    automountServiceAccountToken: false,
    hostNetwork: true,
    priorityClassName: "system-node-critical",
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    containers: [container],
    volumes: [volume],
    tolerations: [{ operator: "Exists", effect: "NoExecute" }],
  });
}

function addComponentConfig(draft: ClusterDraft, { kubelet, apiServer }: ControlPlaneFacts): void {
  const add = (name: string, spec: Json): void => {
    draft.addSpec("", "ConfigMap", { namespace: "kube-system", name }, spec);
  };
  const extraArgs = [...apiServer].flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  add("coredns", { keys: ["Corefile"] });
  add("kubelet-config", { config: kubelet });
  add("kube-proxy", { config: { bindAddress: "0.0.0.0", metricsBindAddress: "", mode: "nftables" } });
  add("kubeadm-config", {
    config: {
      kubernetesVersion: draft.version,
      certificatesDir: PKI,
      imageRepository: "registry.k8s.io",
      networking: { dnsDomain: "cluster.local", podSubnet: "10.64.0.0/10", serviceSubnet: "10.96.0.0/16" },
      etcd: { local: { dataDir: "/var/lib/etcd" } },
      apiServer: { extraArgs, certSANs: ["127.0.0.1"] },
      controllerManager: { extraArgs: [] },
      scheduler: { extraArgs: [] },
    },
  });
  add("extension-apiserver-authentication", {
    data: {
      "requestheader-allowed-names": '["front-proxy-client"]',
      "requestheader-username-headers": '["X-Remote-User"]',
      "requestheader-group-headers": '["X-Remote-Group"]',
      "requestheader-extra-headers-prefix": '["X-Remote-Extra-"]',
    },
  });
}
