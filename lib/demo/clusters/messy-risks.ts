import type { PolicyRule } from "#lib/model/rbac.ts";
import type { NodePool } from "../builders/nodes.ts";
import type { Origin } from "../builders/rbac.ts";
import type { AppFacts } from "../builders/workloads.ts";
import type { ClusterDraft } from "../draft.ts";
import { toLabels } from "#lib/model/labels.ts";
import {
  account,
  addClusterRole,
  addRole,
  addServiceAccount,
  allow,
  allowPaths,
  bind,
  bindCluster,
  clusterRole,
  group,
  role,
  user,
} from "../builders/rbac.ts";
import { addApp } from "../builders/workloads.ts";

const RBAC_GROUP = "rbac.authorization.k8s.io";

/** One mistake, and the days between which the cluster has it: from `since`, until the day before `until`. */
interface Risk {
  readonly since?: number;
  readonly until?: number;
  add(draft: ClusterDraft, nodes: NodePool, origin: Origin): void;
}

/** Adds every planted mistake that the cluster has on its day. */
export function addRisks(draft: ClusterDraft, nodes: NodePool): void {
  const { calendar } = draft;
  for (const [index, { since, until, add }] of RISKS.entries()) {
    if (since !== undefined && calendar.day < since) continue;
    if (until !== undefined && calendar.day >= until) continue;
    add(draft, nodes, since === undefined ? {} : { createdAt: calendar.on(since, `risk ${index}`) });
  }
}

function addAgent(
  draft: ClusterDraft,
  nodes: NodePool,
  facts: Omit<AppFacts, "account" | "profile"> & Partial<Pick<AppFacts, "profile">>,
): void {
  addServiceAccount(draft, facts.namespace, facts.name);
  addApp(draft, nodes, { profile: "plain", ...facts, account: facts.name });
}

const RISKS: readonly Risk[] = [
  {
    // The pipeline may bind any cluster role: it can make itself cluster-admin.
    add(draft, nodes) {
      addAgent(draft, nodes, {
        namespace: "ci",
        name: "deployer",
        image: "registry.bazaar.example.com/ci/deployer:3.1",
      });
      addClusterRole(draft, "ci-deployer", [
        allow("get,list,watch,create,update,patch,delete", "apps", "deployments,statefulsets,daemonsets"),
        allow("create,get,list,patch", RBAC_GROUP, "clusterrolebindings"),
        allow("bind", RBAC_GROUP, "clusterroles"),
      ]);
      bindCluster(draft, "ci-deployer", "ci-deployer", [account("ci", "deployer")]);
    },
  },
  {
    // A monitoring agent on every node that reads metrics through the kubelet proxy.
    add(draft, nodes) {
      addAgent(draft, nodes, {
        kind: "DaemonSet",
        namespace: "monitoring",
        name: "node-agent",
        image: "docker.io/bazaar/node-agent:1.14",
        profile: "privileged",
        onControlPlane: true,
        pod: { hostPID: true, tolerations: [{ operator: "Exists" }] },
      });
      addClusterRole(draft, "node-agent", [
        allow("get,list,watch", "", "nodes,pods,services,endpoints"),
        allow("get", "", "nodes/proxy,nodes/metrics"),
        allowPaths("get", ["/metrics", "/metrics/cadvisor"]),
      ]);
      bindCluster(draft, "node-agent", "node-agent", [account("monitoring", "node-agent")]);
    },
  },
  {
    // An operator with every right.
    add(draft, nodes) {
      const namespace = "platform-operator";
      addAgent(draft, nodes, { namespace, name: "fleet-operator", image: "ghcr.io/example/fleet-operator:v0.9.2" });
      addClusterRole(draft, "fleet-operator", [allow("*", "*", "*"), allowPaths("*", ["*"])]);
      bindCluster(draft, "fleet-operator", "fleet-operator", [account(namespace, "fleet-operator")]);
    },
  },
  {
    // A reporting job with cluster-admin, removed during the history.
    until: -4,
    add(draft) {
      addServiceAccount(draft, "analytics", "reporting-admin");
      bindCluster(draft, "reporting-admin", "cluster-admin", [account("analytics", "reporting-admin")]);
    },
  },
  {
    // A team may edit the cluster's own components.
    add(draft) {
      bind(draft, "kube-system", "platform-editors", clusterRole("edit"), [group("team-platform")]);
    },
  },
  {
    // The support tool acts as any user.
    since: -3,
    add(draft, nodes, origin) {
      addAgent(draft, nodes, {
        namespace: "support-desk",
        name: "support-tool",
        image: "registry.bazaar.example.com/support/tool:2.0",
        rolledOn: -3,
      });
      addClusterRole(draft, "support-tool", [allow("impersonate", "", "users,groups")], origin);
      bindCluster(draft, "support-tool", "support-tool", [account("support-desk", "support-tool")], origin);
    },
  },
  {
    // A test runner acts as the accounts of one namespace.
    since: -6,
    add(draft, nodes, origin) {
      addAgent(draft, nodes, { namespace: "qa", name: "test-runner", image: "docker.io/bazaar/test-runner:latest" });
      addRole(draft, "staging-api", "act-as", [allow("impersonate", "", "serviceaccounts")], origin);
      bind(draft, "staging-api", "test-runner", role("act-as"), [account("qa", "test-runner")], origin);
    },
  },
  {
    // The backup tool reads all secrets.
    add(draft, nodes) {
      addAgent(draft, nodes, { namespace: "backup", name: "keeper", image: "ghcr.io/example/keeper:v1.12.0" });
      addClusterRole(draft, "backup-keeper", [
        allow("get,list,watch", "", "secrets,configmaps,persistentvolumeclaims,namespaces"),
        allow("get,list,watch,create,update", "backup.example.com", "*"),
      ]);
      bindCluster(draft, "backup-keeper", "backup-keeper", [account("backup", "keeper")]);
    },
  },
  {
    // Secrets of single namespaces.
    add(draft) {
      for (const namespace of ["legacy-shop", "pricing", "checkout"]) {
        addRole(draft, namespace, "secret-reader", [allow("get,list", "", "secrets")]);
        bind(draft, namespace, "secret-reader", role("secret-reader"), [
          account(namespace, "sync"),
          account(namespace, "api"),
        ]);
      }
    },
  },
  {
    // The same in a namespace that was cleaned up.
    until: -2,
    add(draft) {
      addRole(draft, "vouchers", "secret-reader", [allow("get,list", "", "secrets")]);
      bind(draft, "vouchers", "secret-reader", role("secret-reader"), [account("vouchers", "api")]);
    },
  },
  {
    // The log shipper starts helper pods among the cluster's own components.
    since: -2,
    add(draft, nodes, origin) {
      addAgent(draft, nodes, {
        kind: "DaemonSet",
        namespace: "log-shipper",
        name: "shipper",
        image: "docker.io/bazaar/shipper:5",
        rolledOn: -2,
        pod: { volumes: [{ name: "logs", type: "hostPath", hostPath: { path: "/var/log", type: "" } }] },
      });
      addRole(draft, "kube-system", "log-helper", [allow("create,get,delete", "", "pods")], origin);
      bind(draft, "kube-system", "log-helper", role("log-helper"), [account("log-shipper", "shipper")], origin);
    },
  },
  {
    // Developers may open a shell everywhere.
    add(draft) {
      addClusterRole(draft, "developer-shell", [
        allow("get,list", "", "pods,pods/log"),
        allow("create", "", "pods/exec"),
      ]);
      bindCluster(draft, "developer-shell", "developer-shell", [group("developers")]);
    },
  },
  {
    // Default service accounts with rights: every pod of the namespace has them.
    add(draft) {
      bind(draft, "sandbox", "default-edit", clusterRole("edit"), [account("sandbox", "default")]);
      bindCluster(draft, "analytics-default-view", "view", [account("analytics", "default")]);
    },
  },
  {
    // cluster-admin through role bindings: everything in one namespace.
    add(draft) {
      bind(draft, "payments", "payments-leads", clusterRole("cluster-admin"), [group("payments-leads")]);
      bind(draft, "messaging", "worker-admin", clusterRole("cluster-admin"), [account("messaging", "worker")]);
    },
  },
  {
    until: 0,
    add(draft) {
      addServiceAccount(draft, "payments", "migrator");
      bind(draft, "payments", "migrator-admin", clusterRole("cluster-admin"), [account("payments", "migrator")]);
    },
  },
  {
    // May grant itself any role in one namespace.
    add(draft, nodes) {
      addAgent(draft, nodes, {
        namespace: "onboarding",
        name: "tenant-setup",
        image: "docker.io/bazaar/tenant-setup:0.4",
      });
      addRole(draft, "tenants", "tenant-setup", [
        allow("bind", RBAC_GROUP, "clusterroles"),
        allow("create,get,list", RBAC_GROUP, "rolebindings"),
      ]);
      bind(draft, "tenants", "tenant-setup", role("tenant-setup"), [account("onboarding", "tenant-setup")]);
    },
  },
  {
    // Two harmless-looking bindings that together give every right. The second one came later.
    add(draft, nodes) {
      addAgent(draft, nodes, {
        namespace: "release",
        name: "promoter",
        image: "registry.bazaar.example.com/release/promoter:7",
      });
      addClusterRole(draft, "role-binder", [allow("bind", RBAC_GROUP, "clusterroles")]);
      bindCluster(draft, "promoter-roles", "role-binder", [account("release", "promoter")]);
      addClusterRole(draft, "binding-creator", [allow("create", RBAC_GROUP, "clusterrolebindings")]);
    },
  },
  {
    since: -1,
    add(draft, _nodes, origin) {
      bindCluster(draft, "promoter-bindings", "binding-creator", [account("release", "promoter")], origin);
    },
  },
  {
    // Everyone who can sign in reads configuration.
    since: 0,
    add(draft, _nodes, origin) {
      addClusterRole(draft, "config-reader", [allow("get,list,watch", "", "configmaps,pods,services")], origin);
      bindCluster(draft, "everyone-reads-config", "config-reader", [group("system:authenticated")], origin);
    },
  },
  {
    // Left behind: a role that is gone, accounts that are gone.
    add(draft) {
      bind(draft, "analytics", "old-reporting", clusterRole("reporting-v1"), [group("team-analytics")]);
      bindCluster(draft, "old-runner", "view", [account("ci", "old-runner")]);
      bind(draft, "media", "old-encoder", clusterRole("edit"), [account("media-old", "encoder")]);
    },
  },
  {
    // A label that puts a rule on secrets into the built-in role `view` (see `injectedRules`).
    since: -7,
    add(draft, _nodes, origin) {
      const ours = "bazaar.example.com/aggregate-to-monitoring";
      const labels = toLabels({ [ours]: "true", "rbac.authorization.k8s.io/aggregate-to-view": "true" });
      addClusterRole(draft, "metrics-extras", INJECTED, { ...origin, labels });
      const aggregationSelectors = [{ matchLabels: toLabels({ [ours]: "true" }), matchExpressions: [] }];
      addClusterRole(draft, "monitoring-bundle", INJECTED, { ...origin, aggregationSelectors });
    },
  },
];

const INJECTED_SINCE = -7;
const INJECTED: readonly PolicyRule[] = [allow("get,list,watch", "", "secrets")];

/** Rules that the aggregation controller has taken into the built-in roles on that day. */
export function injectedRules(day: number): ReadonlyMap<string, readonly PolicyRule[]> {
  if (day < INJECTED_SINCE) return new Map();
  return new Map(["view", "edit", "admin"].map((name) => [name, INJECTED]));
}

/** Names that the API server accepts and that careless software mistakes for markup, formulas or properties. */
export function addHostileNames(draft: ClusterDraft): void {
  addRole(draft, "sandbox", "__proto__", [allow("get,list", "", "pods")]);
  const subjects = [
    group("__proto__"),
    group("constructor"),
    group("<img src=x onerror=alert(1)>"),
    user("=cmd()"),
    user("mallory\u202Enimda"),
    user("zero\u200Bwidth@example.com"),
    user('"quoted", with comma'),
  ];
  bind(draft, "sandbox", "__proto__", role("__proto__"), subjects);
  bindCluster(draft, "hasOwnProperty", "system:discovery", [user("toString"), group("\u2066isolated\u2069")]);
}
