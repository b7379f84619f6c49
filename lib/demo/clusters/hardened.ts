import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { NodePool } from "../builders/nodes.ts";
import type { Calendar } from "../calendar.ts";
import type { ClusterIdentity } from "../snapshot.ts";
import { addAddons } from "../builders/addons.ts";
import { addControlPlane } from "../builders/control-plane.ts";
import { addDefaultRbac } from "../builders/default-rbac.ts";
import { addLimits, addNamespace } from "../builders/namespaces.ts";
import { addAllowFrom, addDefaultDeny, addIngress, addService } from "../builders/network.ts";
import { addNodes } from "../builders/nodes.ts";
import { addDefinition, addServerObjects, addStorageAndIngress, addVolume, addWebhook } from "../builders/platform.ts";
import {
  account,
  addClusterRole,
  addRole,
  addServiceAccount,
  allow,
  bind,
  bindCluster,
  clusterRole,
  group,
  role,
} from "../builders/rbac.ts";
import { addOwnConfigRole, addTeamService, SERVICE_NAMES } from "../builders/team.ts";
import { addApp, isAmong } from "../builders/workloads.ts";
import { ClusterDraft } from "../draft.ts";
import { numberOf } from "../random.ts";
import { toSnapshot } from "../snapshot.ts";

const TEAMS = [
  "archive",
  "berths",
  "billing",
  "cargo",
  "customs",
  "docs",
  "harbor-web",
  "identity",
  "manifests",
  "notifications",
  "pilotage",
  "reports",
  "search",
  "sensors",
  "tides",
  "weather",
] as const;
const PLATFORM = ["ingress", "cert-manager", "observability", "policy"] as const;
const SYSTEM = ["default", "kube-node-lease", "kube-public", "kube-system"] as const;
const DRIVER = "block.csi.example.com";

/** Days of its history on which something changed. */
const UPGRADE_DAY = -3;
const LEFTOVER_REMOVED = -4;
const SHELL_GRANTED = -2;

/** A cluster as a careful team runs it: least privilege, `restricted` enforced, default-deny policies. One medium risk. */
export function makeHardened(identity: ClusterIdentity, calendar: Calendar): ClusterSnapshot {
  const version = calendar.day >= UPGRADE_DAY ? "v1.37.2" : "v1.37.1";
  const draft = new ClusterDraft(identity.name, version, calendar);
  const nodes = addNodes(draft, { controlPlane: 3, workers: 9 }, () => ({
    kubelet: version,
    runtime: "containerd://2.2.1",
    kernel: "6.12.58-lts",
    osImage: "Flatcar Container Linux 4459.2.1",
  }));
  addNamespaces(draft);
  addDefaultRbac(draft);
  addServerObjects(draft);
  addStorageAndIngress(draft, DRIVER);
  addControlPlane(draft, nodes, { etcdImage: "registry.k8s.io/etcd:3.6.6-0", apiServer: API_SERVER, kubelet: KUBELET });
  addAddons(draft, nodes, {
    network: "cilium",
    networkImage: "quay.io/cilium/cilium:v1.18.4",
    dnsImage: "registry.k8s.io/coredns/coredns:v1.13.1",
    metricsImage: "registry.k8s.io/metrics-server/metrics-server:v0.8.0",
  });
  addPlatform(draft, nodes);
  for (const team of TEAMS) addTeam(draft, nodes, team);
  addPeople(draft);
  return toSnapshot(draft, identity);
}

const API_SERVER: ReadonlyMap<string, string | undefined> = new Map([
  ["anonymous-auth", "false"],
  ["audit-log-maxage", "30"],
  ["audit-log-maxbackup", "10"],
  ["audit-log-maxsize", "100"],
  ["audit-log-path", "/var/log/kubernetes/audit.log"],
  ["audit-policy-file", "/etc/kubernetes/audit-policy.yaml"],
  ["authentication-config", "/etc/kubernetes/authentication.yaml"],
  ["enable-admission-plugins", "NodeRestriction,AlwaysPullImages"],
  ["enable-bootstrap-token-auth", undefined],
  ["encryption-provider-config", "/etc/kubernetes/encryption.yaml"],
  ["kubelet-certificate-authority", "/etc/kubernetes/pki/ca.crt"],
  ["profiling", "false"],
  ["service-account-extend-token-expiration", "false"],
  ["tls-min-version", "VersionTLS13"],
]);
const KUBELET = {
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" },
  },
  authorization: { mode: "Webhook" },
  protectKernelDefaults: true,
  readOnlyPort: 0,
  rotateCertificates: true,
  seccompDefault: true,
  serverTLSBootstrap: true,
  tlsMinVersion: "VersionTLS13",
};

function addNamespaces(draft: ClusterDraft): void {
  for (const name of SYSTEM) addNamespace(draft, name, name === "default" ? { enforce: "restricted" } : {});
  for (const name of PLATFORM) {
    addNamespace(draft, name, {
      enforce: name === "observability" ? "privileged" : "restricted",
      warn: "restricted",
      version: "latest",
      automountDefault: false,
    });
  }
  for (const name of TEAMS) {
    addNamespace(draft, name, {
      enforce: "restricted",
      warn: "restricted",
      version: "latest",
      labels: { team: name },
      automountDefault: false,
    });
  }
}

function addPlatform(draft: ClusterDraft, nodes: NodePool): void {
  for (const namespace of PLATFORM) addDefaultDeny(draft, namespace);
  addServiceAccount(draft, "ingress", "controller");
  addClusterRole(draft, "ingress-controller", [
    allow("get,list,watch", "", "services,namespaces"),
    allow("get,list,watch", "discovery.k8s.io", "endpointslices"),
    allow("get,list,watch", "networking.k8s.io", "ingresses,ingressclasses"),
    allow("update", "networking.k8s.io", "ingresses/status"),
  ]);
  bindCluster(draft, "ingress-controller", "ingress-controller", [account("ingress", "controller")]);
  const ingress = addApp(draft, nodes, {
    namespace: "ingress",
    name: "controller",
    image: "registry.k8s.io/ingress-nginx/controller:v1.14.0",
    profile: "restricted",
    replicas: 3,
    account: "controller",
  });
  addService(draft, ingress, { type: "LoadBalancer", port: 443, address: "203.0.113.20" });

  addServiceAccount(draft, "observability", "collector");
  addClusterRole(draft, "metrics-collector", [
    allow("get", "", "nodes/metrics"),
    allow("get,list,watch", "", "pods,services,nodes"),
  ]);
  bindCluster(draft, "metrics-collector", "metrics-collector", [account("observability", "collector")]);
  addApp(draft, nodes, {
    kind: "DaemonSet",
    namespace: "observability",
    name: "collector",
    image: "registry.example.com/platform/collector:4.2.0",
    profile: "restricted",
    account: "collector",
    onControlPlane: true,
  });

  addServiceAccount(draft, "policy", "admission");
  addClusterRole(draft, "policy-admission", [allow("get,list,watch", "", "namespaces")]);
  bindCluster(draft, "policy-admission", "policy-admission", [account("policy", "admission")]);
  const admission = addApp(draft, nodes, {
    namespace: "policy",
    name: "admission",
    image: "registry.example.com/platform/admission:2.8.1",
    profile: "restricted",
    replicas: 3,
    account: "admission",
  });
  addService(draft, admission, { port: 443 });
  addWebhook(draft, {
    kind: "ValidatingWebhookConfiguration",
    name: "policy-admission",
    service: { namespace: "policy", name: "admission" },
    failurePolicy: "Fail",
    apiGroups: ["", "apps", "batch"],
    resources: ["*"],
  });
  addCertificates(draft, nodes);
  addGuards(draft);
}

function addCertificates(draft: ClusterDraft, nodes: NodePool): void {
  addDefinition(draft, {
    group: "cert-manager.io",
    version: "v1",
    kind: "Certificate",
    plural: "certificates",
    scope: "Namespaced",
  });
  addServiceAccount(draft, "cert-manager", "controller");
  addClusterRole(draft, "cert-manager", [
    allow("get,list,watch,update", "cert-manager.io", "certificates,certificates/status"),
  ]);
  bindCluster(draft, "cert-manager", "cert-manager", [account("cert-manager", "controller")]);
  addApp(draft, nodes, {
    namespace: "cert-manager",
    name: "controller",
    image: "quay.io/jetstack/cert-manager-controller:v1.19.1",
    profile: "restricted",
    account: "controller",
  });
}

/** A cluster-wide network policy against the metadata service, and an admission policy on images. */
function addGuards(draft: ClusterDraft): void {
  const scope = { group: "cilium.io", version: "v2" };
  addDefinition(draft, { ...scope, kind: "CiliumNetworkPolicy", plural: "ciliumnetworkpolicies", scope: "Namespaced" });
  addDefinition(draft, {
    ...scope,
    kind: "CiliumClusterwideNetworkPolicy",
    plural: "ciliumclusterwidenetworkpolicies",
    scope: "Cluster",
  });
  draft.addSpec(
    "cilium.io",
    "CiliumClusterwideNetworkPolicy",
    { name: "no-metadata-service" },
    { endpointSelector: {}, egressDeny: [{ toCIDR: ["169.254.169.254/32"] }] },
  );
  draft.addSpec(
    "admissionregistration.k8s.io",
    "ValidatingAdmissionPolicy",
    { name: "images-from-our-registry" },
    {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [
          { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] },
        ],
      },
      validations: [
        {
          expression: "object.spec.containers.all(c, c.image.startsWith('registry.example.com/'))",
          reason: "Forbidden",
        },
      ],
    },
  );
  draft.addSpec(
    "admissionregistration.k8s.io",
    "ValidatingAdmissionPolicyBinding",
    { name: "images-from-our-registry" },
    {
      policyName: "images-from-our-registry",
      validationActions: ["Deny", "Audit"],
      matchResources: { namespaceSelector: { matchExpressions: [{ key: "team", operator: "Exists" }] } },
    },
  );
}

function addTeam(draft: ClusterDraft, nodes: NodePool, team: string): void {
  addDefaultDeny(draft, team);
  const count = 3 + numberOf(`${team} services`, 3);
  const services = SERVICE_NAMES.slice(0, count).map((name, index) => {
    const app = addTeamService(draft, nodes, {
      namespace: team,
      name,
      profile: "restricted",
      registry: "registry.example.com",
      replicas: index === 1 ? 3 : 2,
      automount: false,
      period: 4 + numberOf(`${team}/${name} period`, 11),
      ...(name === "scheduler" ? { kind: "CronJob" as const } : {}),
    });
    if (name !== "scheduler") addService(draft, app);
    if (isAmong(`${team}/${name} reads`, 40)) addOwnConfigRole(draft, team, name);
    return app;
  });
  addLimits(
    draft,
    team,
    services.reduce((sum, { pods }) => sum + pods.length, 0),
  );
  const frontend = services.find(({ name }) => name === "frontend");
  if (frontend) {
    addAllowFrom(draft, frontend, "ingress");
    addIngress(draft, frontend, `${team}.harbor.example.com`, true);
  }
  if (isAmong(`${team} stores`, 40)) addVolume(draft, team, "data", DRIVER);
}

function addPeople(draft: ClusterDraft): void {
  const { calendar } = draft;
  for (const team of TEAMS) bind(draft, team, "viewers", clusterRole("view"), [group(`oidc:${team}-viewers`)]);
  addClusterRole(draft, "auditor", [
    allow("get,list,watch", "rbac.authorization.k8s.io", "*"),
    allow("get,list,watch", "networking.k8s.io", "networkpolicies"),
    allow("get,list,watch", "", "namespaces,nodes,serviceaccounts"),
  ]);
  bindCluster(draft, "auditors", "auditor", [group("oidc:auditors")]);
  addRole(draft, "harbor-web", "shell", [allow("get,list", "", "pods"), allow("create", "", "pods/exec")]);
  if (calendar.day >= SHELL_GRANTED) {
    const createdAt = calendar.on(SHELL_GRANTED, "shell");
    bind(draft, "harbor-web", "oncall-shell", role("shell"), [group("oidc:oncall")], { createdAt });
  }
  if (calendar.day < LEFTOVER_REMOVED) {
    addServiceAccount(draft, "billing", "migration");
    addRole(draft, "billing", "migration", [allow("get,list", "", "secrets")]);
    bind(draft, "billing", "migration", role("migration"), [account("billing", "migration")]);
  }
}
