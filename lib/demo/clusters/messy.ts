import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { NodePool } from "../builders/nodes.ts";
import type { Calendar } from "../calendar.ts";
import type { ClusterIdentity } from "../snapshot.ts";
import { addAddons } from "../builders/addons.ts";
import { addControlPlane } from "../builders/control-plane.ts";
import { addDefaultRbac } from "../builders/default-rbac.ts";
import { addNamespace } from "../builders/namespaces.ts";
import { addIngress, addNetworkPolicy, addService } from "../builders/network.ts";
import { addNodes } from "../builders/nodes.ts";
import { addDefinition, addServerObjects, addStorageAndIngress, addVolume, addWebhook } from "../builders/platform.ts";
import { account, addClusterRole, addRole, allow, bind, bindCluster, clusterRole, group } from "../builders/rbac.ts";
import { addTeamService, SERVICE_NAMES } from "../builders/team.ts";
import { isAmong } from "../builders/workloads.ts";
import { ClusterDraft } from "../draft.ts";
import { choiceOf, numberOf } from "../random.ts";
import { toSnapshot } from "../snapshot.ts";
import { addHostileNames, addRisks, injectedRules } from "./messy-risks.ts";

const SYSTEM = ["default", "kube-node-lease", "kube-public", "kube-system"] as const;
const PLATFORM = [
  "backup",
  "ci",
  "ingress",
  "log-shipper",
  "monitoring",
  "onboarding",
  "platform-operator",
  "registry",
  "release",
  "sandbox",
  "support-desk",
] as const;
/** One name is a property of every JavaScript object: it must be shown like any other. */
const TEAMS = [
  "analytics",
  "cart",
  "catalog",
  "checkout",
  "constructor",
  "fraud",
  "inventory",
  "legacy-shop",
  "loyalty",
  "media",
  "messaging",
  "payments",
  "pricing",
  "qa",
  "recommendations",
  "returns",
  "reviews",
  "search",
  "shipping",
  "staging-api",
  "staging-web",
  "tenants",
  "vouchers",
] as const;
const DRIVER = "disk.csi.example.com";
const UPGRADE_DAY = -5;
/** Where the scanning account may not list role bindings. */
const HIDDEN_NAMESPACE = "fraud";

/** A cluster that grew for years without care. Every kind of privilege escalation that Kordon knows is in it. */
export function makeMessy(identity: ClusterIdentity, calendar: Calendar): ClusterSnapshot {
  const version = calendar.day >= UPGRADE_DAY ? "v1.34.9" : "v1.34.6";
  const draft = new ClusterDraft(identity.name, version, calendar);
  const nodes = addNodes(draft, { controlPlane: 3, workers: 36 }, (index) => nodeFacts(version, index));
  addNamespaces(draft);
  addDefaultRbac(draft, injectedRules(calendar.day));
  addServerObjects(draft);
  addStorageAndIngress(draft, DRIVER);
  addControlPlane(draft, nodes, { etcdImage: "registry.k8s.io/etcd:3.6.4-0", apiServer: API_SERVER, kubelet: KUBELET });
  addAddons(draft, nodes, {
    network: "calico",
    networkImage: "docker.io/calico/node:v3.29.1",
    dnsImage: "registry.k8s.io/coredns/coredns:v1.11.3",
    metricsImage: "registry.k8s.io/metrics-server/metrics-server:v0.7.2",
  });
  addKubeadmBindings(draft);
  for (const team of TEAMS) addTeam(draft, nodes, team);
  addPlatform(draft);
  addRisks(draft, nodes);
  addHostileNames(draft);
  return toSnapshot(draft, identity, {
    forbidden: new Map([["rolebindings", HIDDEN_NAMESPACE]]),
    unavailable: new Set(["mutatingwebhookconfigurations"]),
  });
}

const API_SERVER: ReadonlyMap<string, string | undefined> = new Map([
  ["anonymous-auth", "true"],
  ["enable-admission-plugins", "NodeRestriction"],
  ["feature-gates", "MutatingAdmissionPolicy=true"],
  ["profiling", "true"],
  ["token-auth-file", "/etc/kubernetes/tokens.csv"],
]);
const KUBELET = {
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" },
  },
  authorization: { mode: "Webhook" },
  readOnlyPort: 10255,
  rotateCertificates: true,
};

/** Most nodes follow the server; a few were forgotten two minors back. */
function nodeFacts(version: string, index: number) {
  const isForgotten = index % 12 === 11;
  return {
    kubelet: isForgotten ? "v1.32.4" : index % 5 === 4 ? "v1.34.2" : version,
    runtime: isForgotten ? "containerd://1.7.20" : "containerd://1.7.27",
    kernel: isForgotten ? "5.15.0-119-generic" : "6.8.0-60-generic",
    osImage: isForgotten ? "Ubuntu 22.04.4 LTS" : "Ubuntu 24.04.2 LTS",
  };
}

function addNamespaces(draft: ClusterDraft): void {
  for (const name of [...SYSTEM, ...PLATFORM]) addNamespace(draft, name);
  for (const name of TEAMS) {
    const level = choiceOf(`${name} level`, ["none", "none", "none", "warn", "baseline"]);
    const labels = {
      team: name,
      ...(isAmong(`${name} labelled`, 30) ? { constructor: "yes", hasOwnProperty: "no" } : {}),
    };
    if (level === "baseline")
      addNamespace(draft, name, { enforce: "baseline", version: "v1.28", warn: "restricted", labels });
    else addNamespace(draft, name, { labels, ...(level === "warn" ? { warn: "baseline" as const } : {}) });
  }
}

function addKubeadmBindings(draft: ClusterDraft): void {
  bindCluster(draft, "kubeadm:cluster-admins", "cluster-admin", [group("kubeadm:cluster-admins")]);
  addClusterRole(draft, "kubeadm:get-nodes", [allow("get", "", "nodes")]);
  bindCluster(draft, "kubeadm:get-nodes", "kubeadm:get-nodes", [
    group("system:bootstrappers:kubeadm:default-node-token"),
  ]);
}

function addTeam(draft: ClusterDraft, nodes: NodePool, team: string): void {
  const count = 7 + numberOf(`${team} services`, 6);
  for (const [index, name] of SERVICE_NAMES.slice(0, count).entries()) {
    const key = `${team}/${name}`;
    const app = addTeamService(draft, nodes, {
      namespace: team,
      name,
      profile: isAmong(`${key} profile`, 3) ? "privileged" : isAmong(`${key} profile`, 20) ? "restricted" : "plain",
      registry: choiceOf(key, ["registry.bazaar.example.com", "registry.bazaar.example.com", "docker.io/bazaar"]),
      replicas: 1 + numberOf(`${key} replicas`, index < 3 ? 11 : 6),
      period: 2 + numberOf(`${key} period`, 25),
      ...(name === "scheduler"
        ? { kind: "CronJob" as const }
        : name === "cache"
          ? { kind: "StatefulSet" as const }
          : {}),
    });
    if (name !== "scheduler") addService(draft, app, isAmong(`${key} exposed`, 4) ? { type: "NodePort" } : {});
    if (name === "cache") addVolume(draft, team, "cache-data", DRIVER);
    if (name === "frontend") addIngress(draft, app, `${team}.bazaar.example.com`, isAmong(`${key} tls`, 60));
    if (isAmong(`${key} view`, 15)) bind(draft, team, `${name}-view`, clusterRole("view"), [account(team, name)]);
  }
  bind(draft, team, "developers", clusterRole("edit"), [group(`team-${team}`)]);
  if (isAmong(`${team} policy`, 25)) {
    addNetworkPolicy(draft, team, "same-namespace", {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
  }
}

/** What was installed once and forgotten. */
function addPlatform(draft: ClusterDraft): void {
  addDefinition(draft, {
    group: "fleet.example.com",
    version: "v1alpha1",
    kind: "Fleet",
    plural: "fleets",
    scope: "Cluster",
  });
  addDefinition(draft, {
    group: "backup.example.com",
    version: "v1",
    kind: "Backup",
    plural: "backups",
    scope: "Namespaced",
  });
  addWebhook(draft, {
    kind: "ValidatingWebhookConfiguration",
    name: "fleet-operator",
    service: { namespace: "platform-operator", name: "fleet-operator" },
    failurePolicy: "Ignore",
    apiGroups: ["fleet.example.com"],
    resources: ["fleets"],
  });
  for (const name of ["old-dashboard", "helm-tiller", "pipeline-reader", "node-debugger"]) {
    addClusterRole(draft, name, [allow("get,list,watch", "", "pods,services,configmaps")]);
  }
  for (const team of ["cart", "media", "returns"]) {
    addRole(draft, team, "unused-config-writer", [allow("create,update,patch", "", "configmaps")]);
  }
  draft.addSpec(
    "certificates.k8s.io",
    "CertificateSigningRequest",
    { name: "developer-laptop", createdAt: draft.calendar.on(-9, "laptop") },
    {
      signerName: "kubernetes.io/kube-apiserver-client",
      username: "kubernetes-admin",
      expirationSeconds: 31_536_000,
      groups: ["kubeadm:cluster-admins", "system:authenticated"],
      usages: ["client auth"],
    },
    { conditions: [{ type: "Approved", status: "True", reason: "KubectlApprove" }], certificate: true },
  );
}
