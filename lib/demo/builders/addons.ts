import type { PodSpec, Volume } from "#lib/model/pod.ts";
import type { ClusterDraft } from "../draft.ts";
import type { NodePool } from "./nodes.ts";
import { addService } from "./network.ts";
import { account, addClusterRole, addServiceAccount, allow, bind, bindCluster, role } from "./rbac.ts";
import { addApp } from "./workloads.ts";

const SYSTEM = "kube-system";

export interface AddonFacts {
  readonly network: "cilium" | "calico";
  readonly networkImage: string;
  readonly dnsImage: string;
  readonly metricsImage: string;
}

/** Adds what nearly every cluster runs in kube-system: name resolution, kube-proxy, a network plugin and metrics. */
export function addAddons(draft: ClusterDraft, nodes: NodePool, facts: AddonFacts): void {
  addDns(draft, nodes, facts.dnsImage);
  addKubeProxy(draft, nodes);
  addNetworkPlugin(draft, nodes, facts);
  addMetricsServer(draft, nodes, facts.metricsImage);
}

function addDns(draft: ClusterDraft, nodes: NodePool, image: string): void {
  addServiceAccount(draft, SYSTEM, "coredns");
  addClusterRole(draft, "system:coredns", [
    allow("list,watch", "", "endpoints,services,pods,namespaces"),
    allow("list,watch", "discovery.k8s.io", "endpointslices"),
  ]);
  bindCluster(draft, "system:coredns", "system:coredns", [account(SYSTEM, "coredns")]);
  const app = addApp(draft, nodes, {
    namespace: SYSTEM,
    name: "coredns",
    image,
    profile: "restricted",
    replicas: 2,
    account: "coredns",
    port: 53,
    labels: [["k8s-app", "kube-dns"]],
    container: {
      binary: "coredns",
      ports: [
        { name: "dns", containerPort: 53, protocol: "UDP" },
        { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
      ],
    },
    pod: { priorityClassName: "system-cluster-critical" },
  });
  addService(draft, app, { port: 53 });
}

function addKubeProxy(draft: ClusterDraft, nodes: NodePool): void {
  addServiceAccount(draft, SYSTEM, "kube-proxy");
  bindCluster(draft, "kubeadm:node-proxier", "system:node-proxier", [account(SYSTEM, "kube-proxy")]);
  addApp(draft, nodes, {
    kind: "DaemonSet",
    namespace: SYSTEM,
    name: "kube-proxy",
    image: `registry.k8s.io/kube-proxy:${draft.version}`,
    profile: "privileged",
    account: "kube-proxy",
    port: 10256,
    onControlPlane: true,
    container: { binary: "kube-proxy", flags: [{ name: "config", value: "/var/lib/kube-proxy/config.conf" }] },
    pod: hostAgent("/lib/modules"),
  });
}

function addNetworkPlugin(draft: ClusterDraft, nodes: NodePool, { network, networkImage }: AddonFacts): void {
  const name = network === "cilium" ? "cilium" : "calico-node";
  const api = network === "cilium" ? "cilium.io" : "crd.projectcalico.org";
  addServiceAccount(draft, SYSTEM, name);
  addClusterRole(draft, name, [
    allow("get,list,watch", "", "namespaces,services,pods,endpoints,nodes"),
    allow("get,list,watch", "discovery.k8s.io", "endpointslices"),
    allow("get,list,watch", "networking.k8s.io", "networkpolicies"),
    allow("patch", "", "nodes/status"),
    allow("create,get,list,update,watch,patch,delete", api, "*"),
  ]);
  bindCluster(draft, name, name, [account(SYSTEM, name)]);
  addApp(draft, nodes, {
    kind: "DaemonSet",
    namespace: SYSTEM,
    name,
    image: networkImage,
    profile: "privileged",
    account: name,
    port: 4244,
    onControlPlane: true,
    labels: [["k8s-app", name]],
    pod: hostAgent("/opt/cni/bin"),
  });
}

/** A pod that lives in the host's network and reads a folder of the host. */
function hostAgent(path: string): Partial<PodSpec> {
  const volume: Volume = { name: "host", type: "hostPath", hostPath: { path, type: "" } };
  return {
    hostNetwork: true,
    priorityClassName: "system-node-critical",
    volumes: [volume],
    tolerations: [{ operator: "Exists" }],
  };
}

function addMetricsServer(draft: ClusterDraft, nodes: NodePool, image: string): void {
  const name = "metrics-server";
  addServiceAccount(draft, SYSTEM, name);
  addClusterRole(draft, `system:${name}`, [
    allow("get", "", "nodes/metrics"),
    allow("get,list,watch", "", "pods,nodes"),
  ]);
  bindCluster(draft, `system:${name}`, `system:${name}`, [account(SYSTEM, name)]);
  bindCluster(draft, `${name}:system:auth-delegator`, "system:auth-delegator", [account(SYSTEM, name)]);
  bind(draft, SYSTEM, `${name}-auth-reader`, role("extension-apiserver-authentication-reader"), [
    account(SYSTEM, name),
  ]);
  const app = addApp(draft, nodes, {
    namespace: SYSTEM,
    name,
    image,
    profile: "restricted",
    account: name,
    port: 10250,
    pod: { priorityClassName: "system-cluster-critical" },
  });
  addService(draft, app, { port: 443 });
  draft.addSpec(
    "apiregistration.k8s.io",
    "APIService",
    { name: "v1beta1.metrics.k8s.io" },
    {
      group: "metrics.k8s.io",
      version: "v1beta1",
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { namespace: SYSTEM, name, port: 443 },
    },
    { conditions: [{ type: "Available", status: "True", reason: "Passed" }] },
  );
}
