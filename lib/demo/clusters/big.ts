import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { NodePool } from "../builders/nodes.ts";
import type { Calendar } from "../calendar.ts";
import type { ClusterIdentity } from "../snapshot.ts";
import { addAddons } from "../builders/addons.ts";
import { addControlPlane } from "../builders/control-plane.ts";
import { addDefaultRbac } from "../builders/default-rbac.ts";
import { addLimits, addNamespace } from "../builders/namespaces.ts";
import { addDefaultDeny, addService } from "../builders/network.ts";
import { addNodes } from "../builders/nodes.ts";
import { addServerObjects, addStorageAndIngress } from "../builders/platform.ts";
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
import { addApp, isAmong } from "../builders/workloads.ts";
import { ClusterDraft } from "../draft.ts";
import { choiceOf, createRandom, numberOf } from "../random.ts";
import { toSnapshot } from "../snapshot.ts";

const NAMESPACES = 400;
const ACCOUNTS = 5_000;
const PODS = 20_000;
const ROLE_BINDINGS = 6_000;
const WORKERS = 595;
const CONTROL_PLANE = 5;
const UPGRADE_DAY = -6;

const SYSTEM = ["default", "kube-node-lease", "kube-public", "kube-system"] as const;
const PLATFORM = ["backup", "gitops", "ingress", "observability", "pipelines", "support"] as const;
const DOMAINS =
  "accounts ads billing books catalog chat claims credit devices energy events files fleet fraud games grants health hotels ideas jobs".split(
    " ",
  );
const AREAS =
  "api archive audit batch cache core data edge feeds gate hub index intake ledger media ops portal query store sync".split(
    " ",
  );
/** Later namespaces are smaller: a few teams hold most of the cluster. */
const SKEW = 0.85;

/** A large cluster in fair order: 400 namespaces, 5,000 service accounts, 20,000 pods, and a handful of critical risks. */
export function makeBig(identity: ClusterIdentity, calendar: Calendar): ClusterSnapshot {
  const version = calendar.day >= UPGRADE_DAY ? "v1.36.5" : "v1.36.4";
  const draft = new ClusterDraft(identity.name, version, calendar);
  const nodes = addNodes(draft, { controlPlane: CONTROL_PLANE, workers: WORKERS }, (index) => ({
    kubelet: index % 50 === 49 ? "v1.35.8" : version,
    runtime: "containerd://2.1.5",
    kernel: "6.12.40-cloud-amd64",
    osImage: "Debian GNU/Linux 13 (trixie)",
  }));
  const teams = teamNames();
  for (const name of [...SYSTEM, ...PLATFORM]) addNamespace(draft, name);
  for (const name of teams) {
    addNamespace(draft, name, {
      enforce: isAmong(`${name} level`, 70) ? "restricted" : "baseline",
      version: "v1.36",
      labels: { team: name },
    });
  }
  addDefaultRbac(draft);
  addServerObjects(draft);
  addStorageAndIngress(draft, "ssd.csi.example.com");
  addControlPlane(draft, nodes, { etcdImage: "registry.k8s.io/etcd:3.6.5-0", apiServer: API_SERVER, kubelet: KUBELET });
  addAddons(draft, nodes, {
    network: "cilium",
    networkImage: "quay.io/cilium/cilium:v1.18.2",
    dnsImage: "registry.k8s.io/coredns/coredns:v1.12.4",
    metricsImage: "registry.k8s.io/metrics-server/metrics-server:v0.8.0",
  });
  addPlatform(draft, nodes);
  addCommonRoles(draft);
  addTeams(draft, nodes, teams);
  return toSnapshot(draft, identity);
}

const API_SERVER: ReadonlyMap<string, string | undefined> = new Map([
  ["audit-log-path", "/var/log/kubernetes/audit.log"],
  ["audit-policy-file", "/etc/kubernetes/audit-policy.yaml"],
  ["encryption-provider-config", "/etc/kubernetes/encryption.yaml"],
  ["oidc-client-id", "atlas"],
  ["oidc-issuer-url", "https://sso.example.com"],
  ["profiling", "false"],
]);
const KUBELET = {
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true } },
  authorization: { mode: "Webhook" },
  readOnlyPort: 0,
  rotateCertificates: true,
};

function teamNames(): readonly string[] {
  const names = AREAS.flatMap((area) => DOMAINS.map((domain) => `${domain}-${area}`));
  return names.slice(0, NAMESPACES - SYSTEM.length - PLATFORM.length);
}

/** The components of the platform team; four of them could take over the cluster. */
function addPlatform(draft: ClusterDraft, nodes: NodePool): void {
  const add = (namespace: string, name: string, kind: "Deployment" | "DaemonSet" = "Deployment"): void => {
    addServiceAccount(draft, namespace, name);
    addApp(draft, nodes, {
      kind,
      namespace,
      name,
      image: `registry.atlas.example.com/platform/${name}:5.3.1`,
      profile: "restricted",
      account: name,
      replicas: 2,
      onControlPlane: true,
    });
  };
  add("gitops", "reconciler");
  addClusterRole(draft, "gitops-reconciler", [allow("*", "*", "*")]);
  bindCluster(draft, "gitops-reconciler", "gitops-reconciler", [account("gitops", "reconciler")]);
  add("observability", "kubelet-scraper", "DaemonSet");
  addClusterRole(draft, "kubelet-scraper", [
    allow("get", "", "nodes/proxy,nodes/metrics"),
    allow("list,watch", "", "nodes"),
  ]);
  bindCluster(draft, "kubelet-scraper", "kubelet-scraper", [account("observability", "kubelet-scraper")]);
  add("backup", "snapshotter");
  addClusterRole(draft, "snapshotter", [allow("get,list", "", "secrets,configmaps,persistentvolumeclaims")]);
  bindCluster(draft, "snapshotter", "snapshotter", [account("backup", "snapshotter")]);
  add("pipelines", "runner");
  addClusterRole(draft, "pipeline-runner", [
    allow("bind", "rbac.authorization.k8s.io", "clusterroles", ["cluster-admin"]),
    allow("create", "rbac.authorization.k8s.io", "clusterrolebindings"),
  ]);
  bindCluster(draft, "pipeline-runner", "pipeline-runner", [account("pipelines", "runner")]);
  add("ingress", "edge-router");
  if (draft.calendar.day < -1) return;
  add("support", "console");
  const createdAt = draft.calendar.on(-1, "console");
  addClusterRole(draft, "support-console", [allow("impersonate", "", "users")], { createdAt });
  bindCluster(draft, "support-console", "support-console", [account("support", "console")], { createdAt });
}

/** Cluster roles that the teams share, from harmless to risky. */
const COMMON_ROLES = {
  "atlas:config-reader": [allow("get,list,watch", "", "configmaps")],
  "atlas:pod-reader": [allow("get,list,watch", "", "pods,pods/log")],
  "atlas:scaler": [allow("get,list,watch", "apps", "deployments"), allow("update,patch", "apps", "deployments/scale")],
  "atlas:leader": [allow("get,create,update,patch", "coordination.k8s.io", "leases")],
  "atlas:endpoint-reader": [
    allow("get,list,watch", "discovery.k8s.io", "endpointslices"),
    allow("get,list", "", "services"),
  ],
  "atlas:secret-lister": [allow("get,list", "", "secrets")],
  "atlas:shell": [allow("create", "", "pods/exec"), allow("get,list", "", "pods")],
} as const;
const HARMLESS = [
  "atlas:config-reader",
  "atlas:pod-reader",
  "atlas:scaler",
  "atlas:leader",
  "atlas:endpoint-reader",
] as const;

function addCommonRoles(draft: ClusterDraft): void {
  for (const [name, rules] of Object.entries(COMMON_ROLES)) addClusterRole(draft, name, rules);
  bindCluster(draft, "atlas-sre-shell", "atlas:shell", [group("oidc:atlas-sre")]);
}

function addTeams(draft: ClusterDraft, nodes: NodePool, teams: readonly string[]): void {
  const accounts = shares(teams.length, ACCOUNTS - draft.count("serviceAccounts"), 2);
  const total = accounts.reduce((sum, count) => sum + count, 0);
  const replicas = replicaCounts(total, PODS - draft.count("pods"));
  let next = 0;
  for (const [index, team] of teams.entries()) {
    const count = accounts[index] ?? 0;
    addTeam(draft, nodes, team, replicas.slice(next, next + count));
    next += count;
  }
  addMoreBindings(draft, teams, accounts);
}

/** Splits a total by a power law over so many places, each at least `minimum`; the first place takes what rounding leaves. */
function shares(places: number, total: number, minimum: number): readonly number[] {
  const weights = Array.from({ length: places }, (_, index) => 1 / (index + 6) ** SKEW);
  const sum = weights.reduce((a, b) => a + b, 0);
  const free = total - places * minimum;
  const counts = weights.map((weight) => minimum + Math.floor((weight / sum) * free));
  const rest = total - counts.reduce((a, b) => a + b, 0);
  return counts.map((count, index) => (index < rest ? count + 1 : count));
}

/** Pods of each application: most have few, some have dozens. */
function replicaCounts(applications: number, pods: number): readonly number[] {
  const random = createRandom("atlas replicas");
  const counts = shares(applications, pods, 1);
  const order = counts.map((count) => ({ count, place: random() })).sort((a, b) => a.place - b.place);
  return order.map(({ count }) => count);
}

function addTeam(draft: ClusterDraft, nodes: NodePool, team: string, replicas: readonly number[]): void {
  if (isAmong(`${team} policy`, 60)) addDefaultDeny(draft, team);
  for (const [index, count] of replicas.entries()) {
    const name = `svc-${String(index).padStart(3, "0")}`;
    const key = `${team}/${name}`;
    const rolledOn = draft.calendar.lastChange(key, 5 + numberOf(`${key} period`, 40));
    addServiceAccount(draft, team, name, isAmong(`${key} token`, 60) ? { automount: false } : {});
    const app = addApp(draft, nodes, {
      namespace: team,
      name,
      image: `registry.atlas.example.com/${team}/${name}:2.${numberOf(key, 90) + rolledOn + 50}.0`,
      profile: isAmong(`${key} profile`, 80) ? "restricted" : "plain",
      replicas: count,
      account: name,
      rolledOn,
    });
    if (isAmong(`${key} service`, 40)) addService(draft, app);
    bind(draft, team, name, clusterRole(choiceOf(key, HARMLESS)), [account(team, name)]);
  }
  addLimits(
    draft,
    team,
    replicas.reduce((sum, count) => sum + count, 0),
  );
  addPeople(draft, team);
}

function addPeople(draft: ClusterDraft, team: string): void {
  bind(draft, team, "viewers", clusterRole("view"), [group(`oidc:${team}`)]);
  if (isAmong(`${team} edit`, 8)) bind(draft, team, "editors", clusterRole("edit"), [group(`oidc:${team}-leads`)]);
  if (isAmong(`${team} owner`, 2))
    bind(draft, team, "owners", clusterRole("cluster-admin"), [group(`oidc:${team}-owners`)]);
  const grantedOn = -numberOf(`${team} granted`, 12);
  if (isAmong(`${team} secrets`, 7) && draft.calendar.day >= grantedOn) {
    const createdAt = draft.calendar.on(grantedOn, `${team} secrets`);
    bind(draft, team, "secret-sync", clusterRole("atlas:secret-lister"), [account(team, "svc-000")], { createdAt });
  }
  const revokedOn = -numberOf(`${team} revoked`, 12);
  if (isAmong(`${team} shell`, 6) && draft.calendar.day < revokedOn) {
    bind(draft, team, "debugging", clusterRole("atlas:shell"), [group(`oidc:${team}`)]);
  }
}

/** Roles that teams wrote themselves, until the cluster has its number of role bindings. */
function addMoreBindings(draft: ClusterDraft, teams: readonly string[], accounts: readonly number[]): void {
  for (let index = 0; draft.count("roleBindings") < ROLE_BINDINGS; index += 1) {
    const place = index % teams.length;
    const team = teams[place] ?? "";
    const name = `custom-${Math.floor(index / teams.length)}`;
    const own = `svc-${String(numberOf(`${team} ${name}`, accounts[place] ?? 1)).padStart(3, "0")}`;
    addRole(draft, team, name, [allow("get,update", "", "configmaps", [`${own}-state`])]);
    bind(draft, team, name, role(name), [account(team, own)]);
  }
}
