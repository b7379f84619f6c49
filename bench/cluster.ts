import type { AccessFacts } from "../lib/engines/rbac/index.ts";
import { COLLECTIONS } from "../lib/model/kinds.ts";
import type { Pod } from "../lib/model/pod.ts";
import type { BindingSubject, PolicyRule } from "../lib/model/rbac.ts";
import { SNAPSHOT_FORMAT_VERSION, type ClusterSnapshot, type SnapshotObjects } from "../lib/model/snapshot.ts";
import { aContainer, aPodSpec } from "../lib/testing/build-pods.ts";
import { skewedPick } from "./random.ts";

/** Size of the synthetic cluster that the benchmarks of access share. */
export const NAMESPACES = 1_000;
export const ROLES = 5_000;
export const ROLE_BINDINGS = 40_000;
export const CLUSTER_ROLE_BINDINGS = 500;
export const ACCOUNTS = 40_000;
export const USERS = 18_000;
export const GROUPS = 2_000;

export const RESOURCES = [
  "pods",
  "pods/exec",
  "pods/log",
  "secrets",
  "configmaps",
  "services",
  "deployments",
  "deployments/scale",
  "jobs",
  "serviceaccounts",
  "serviceaccounts/token",
  "nodes",
  "nodes/proxy",
  "*",
  "*/scale",
  "rolebindings",
  "clusterroles",
];
export const API_GROUPS = ["", "apps", "batch", "*", "rbac.authorization.k8s.io", "example.com"];
export const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "*", "bind", "impersonate"];

function some<T>(items: readonly T[], random: () => number, most: number): T[] {
  return [...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, () => skewedPick(items, random)))];
}

/** What most rules of a real cluster are: reading and writing everyday objects. */
const EVERYDAY_RESOURCES = [
  "configmaps",
  "services",
  "pods",
  "pods/log",
  "deployments",
  "deployments/scale",
  "endpoints",
  "events",
  "widgets",
  "widgets/status",
  "gadgets",
];
const EVERYDAY_VERBS = ["get", "list", "watch", "update", "patch"];

function makeRule(random: () => number, dangerous: number): PolicyRule {
  if (dangerous < 1 && random() >= dangerous) {
    const watching = random() < 0.6;
    return {
      verbs: watching ? ["get", "list", "watch"] : some(EVERYDAY_VERBS, random, 3),
      apiGroups: watching ? some(["", "apps", "example.com"], random, 2) : ["example.com"],
      resources: some(EVERYDAY_RESOURCES, random, 4),
      resourceNames: [],
      nonResourceURLs: [],
    };
  }
  return {
    verbs: some(VERBS, random, 4),
    apiGroups: some(API_GROUPS, random, 2),
    resources: some(RESOURCES, random, 4),
    resourceNames: random() < 0.1 ? [`object-${Math.floor(random() * 20)}`] : [],
    nonResourceURLs: [],
  };
}

/**
 * RBAC with skewed sizes.
 * @param dangerous  Share of rules with wildcards and powerful rights. With 1, the default, far more than in any real cluster: nearly
 *   everybody can take over.
 */
export function makeFacts(random: () => number, dangerous = 1): AccessFacts {
  const namespaces = Array.from({ length: NAMESPACES }, (_, index) => `team-${index}`);
  const meta = (name: string, namespace?: string) => ({
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: [],
    annotations: [],
    ownerReferences: [],
  });
  const rules = () => Array.from({ length: 1 + Math.floor(random() * 6) }, () => makeRule(random, dangerous));
  const clusterRoles = Array.from({ length: ROLES / 5 }, (_, index) => ({
    metadata: meta(`cluster-role-${index}`),
    rules: rules(),
  }));
  const roles = Array.from({ length: (ROLES * 4) / 5 }, (_, index) => ({
    metadata: meta(`role-${index}`, skewedPick(namespaces, random)),
    rules: rules(),
  }));
  const serviceAccounts = Array.from({ length: ACCOUNTS }, (_, index) => ({
    metadata: meta(`account-${index}`, skewedPick(namespaces, random)),
    secrets: [],
    imagePullSecrets: [],
  }));
  const makeSubject = (): BindingSubject => {
    const kind = random();
    if (kind < 0.6) {
      const { metadata } = skewedPick(serviceAccounts, () => random());
      return { kind: "ServiceAccount", apiGroup: "", name: metadata.name, namespace: metadata.namespace ?? "" };
    }
    if (kind < 0.9)
      return { kind: "User", apiGroup: "rbac.authorization.k8s.io", name: `user-${Math.floor(random() * USERS)}` };
    if (kind < 0.905)
      return {
        kind: "Group",
        apiGroup: "rbac.authorization.k8s.io",
        name: `system:serviceaccounts:${skewedPick(namespaces, random)}`,
      };
    return { kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: `group-${Math.floor(random() * GROUPS)}` };
  };
  const subjects = () => Array.from({ length: 1 + Math.floor(random() * 4) }, makeSubject);
  const roleRef = (kind: string, name: string) => ({ apiGroup: "rbac.authorization.k8s.io", kind, name });
  const roleBindings = Array.from({ length: ROLE_BINDINGS }, (_, index) => {
    const role = random() < 0.5 ? skewedPick(roles, random) : null;
    const namespace = role?.metadata.namespace ?? skewedPick(namespaces, random);
    return {
      metadata: meta(`binding-${index}`, namespace),
      roleRef: role
        ? roleRef("Role", role.metadata.name)
        : roleRef("ClusterRole", skewedPick(clusterRoles, random).metadata.name),
      subjects: subjects(),
    };
  });
  const clusterRoleBindings = Array.from({ length: CLUSTER_ROLE_BINDINGS }, (_, index) => ({
    metadata: meta(`cluster-binding-${index}`),
    roleRef: roleRef("ClusterRole", clusterRoles[Math.floor(random() * clusterRoles.length)]?.metadata.name ?? ""),
    subjects: subjects(),
  }));
  const coverage = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"].map((resource) => ({
    group: "rbac.authorization.k8s.io",
    resource,
    kind: "",
    state: "complete" as const,
    objects: 0,
  }));
  return {
    coverage: [...coverage, { group: "", resource: "serviceaccounts", kind: "", state: "complete", objects: 0 }],
    objects: { serviceAccounts, roles, clusterRoles, roleBindings, clusterRoleBindings },
  };
}

const PODS = 20_000;
const NODES = 400;
/** Pods of one controller, which share their specification. */
const REPLICAS = 4;

/** Pods, nodes and namespaces around the RBAC: every fifth namespace enforces a Pod Security level, every fiftieth controller is privileged. */
export function makeObjects(facts: AccessFacts, random: () => number): SnapshotObjects {
  const { serviceAccounts } = facts.objects;
  const meta = (name: string, namespace?: string) => ({
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: [],
    annotations: [],
    ownerReferences: [],
  });
  const pods: Pod[] = [];
  while (pods.length < PODS) {
    const account = serviceAccounts[Math.floor(random() * serviceAccounts.length)];
    if (!account) break;
    const container = aContainer(random() < 0.02 ? { securityContext: { privileged: true } } : {});
    const spec = aPodSpec({ serviceAccountName: account.metadata.name, containers: [container] });
    for (let replica = 0; replica < REPLICAS; replica += 1)
      pods.push({
        metadata: meta(`pod-${pods.length}`, account.metadata.namespace),
        spec,
        nodeName: `node-${Math.floor(random() * NODES)}`,
        phase: "Running",
        podIPs: [],
        imageIds: [],
      });
  }
  const empty = Object.fromEntries(COLLECTIONS.map((name) => [name, []])) as unknown as SnapshotObjects; // every collection, without objects
  return {
    ...empty,
    ...facts.objects,
    pods,
    namespaces: Array.from({ length: NAMESPACES }, (_, index) => ({
      metadata: {
        ...meta(`team-${index}`),
        labels: index % 5 === 0 ? [["pod-security.kubernetes.io/enforce", "baseline"] as const] : [],
      },
    })),
    nodes: Array.from({ length: NODES }, (_, index) => ({
      metadata: {
        ...meta(`node-${index}`),
        labels: index < 3 ? [["node-role.kubernetes.io/control-plane", ""] as const] : [],
      },
      addresses: [],
      podCIDRs: [],
      taints: [],
      unschedulable: false,
      info: {},
    })),
  };
}

/** The cluster as a snapshot of version 1.37 that was read completely. */
export function makeSnapshot(random: () => number, dangerous: number): ClusterSnapshot {
  const facts = makeFacts(random, dangerous);
  return {
    formatVersion: SNAPSHOT_FORMAT_VERSION,
    clusterName: "bench",
    source: { type: "demo", name: "bench" },
    collectedAt: "2026-11-23T12:00:00Z",
    durationMs: 0,
    version: { gitVersion: "v1.37.2", major: "1", minor: "37" },
    apiResources: [],
    apiServer: {},
    coverage: facts.coverage,
    skipped: [],
    assumptions: [],
    objects: makeObjects(facts, random),
  };
}
