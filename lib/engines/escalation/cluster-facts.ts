import type { CoverageEntry } from "../../model/coverage.ts";
import { labelValue } from "../../model/labels.ts";
import type { Pod, PodSpec, WorkloadKind } from "../../model/pod.ts";
import type { ServiceAccount } from "../../model/rbac.ts";
import type { ClusterSnapshot } from "../../model/snapshot.ts";
import { compareText } from "../../model/subject-name.ts";
import { hostAccess } from "./host-access.ts";

/** Level of Pod Security that the namespace's labels enforce; `privileged` refuses nothing, `unknown`: the labels could not be read. */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted" | "unknown";

export interface AccountFacts {
  readonly namespace: string;
  readonly name: string;
  /** Secrets that hold a token of it, which does not expire: those that the account lists, and those that manifests declare. */
  readonly tokenSecrets: readonly string[];
  /** Roles of a cloud that whoever runs as it may take, e.g. `AWS arn:aws:iam::1:role/backup`. */
  readonly cloudRoles: readonly string[];
}

/** A pod that runs or may still start. */
export interface PodFacts {
  readonly namespace: string;
  readonly name: string;
  readonly account: string;
  /** Whether a token of the account stands in its file system. */
  readonly tokenMounted: boolean;
  readonly node: string | null;
  /** Why code in it is root on its node; null: nothing in its specification says so. */
  readonly hostAccess: string | null;
  /** Names of the Secrets in its volumes; what is in their data is not known. */
  readonly secrets: readonly string[];
  /** Repository paths of its images, without registry host, tag and digest. */
  readonly images: readonly string[];
}

export interface NodeFacts {
  readonly name: string;
  readonly controlPlane: boolean;
}

/** What the escalation search knows of a cluster beside RBAC. Lists are in the order of the snapshot: by namespace and name. */
export interface ClusterFacts {
  /** Those that exist, and those that something lies in, as in manifests. */
  readonly namespaces: readonly string[];
  readonly nodes: readonly NodeFacts[];
  readonly accounts: readonly AccountFacts[];
  readonly pods: readonly PodFacts[];
  accountsIn(namespace: string): readonly AccountFacts[];
  podsIn(namespace: string): readonly PodFacts[];
  podsOn(node: string): readonly PodFacts[];
  /** Whether pods of the namespace may be missing because they could not be read. */
  podsUnread(namespace: string): boolean;
  /** Whether objects of a resource may be missing because they could not be read: in the namespace, or anywhere for null. */
  unread(apiGroup: string, resource: string, namespace: string | null): boolean;
  /** The level that the namespace enforces. Defaults of the cluster and exemptions cannot be read through the API. */
  podSecurity(namespace: string): PodSecurityLevel;
  /** Whether the API serves the resource; null when discovery was not read. */
  serves(apiGroup: string, resource: string): boolean | null;
  /** The resource by which the API serves a kind, e.g. of `v1` and `ConfigMap`; null where it does not, or discovery was not read. */
  servedAs(
    apiVersion: string,
    kind: string,
  ): { readonly group: string; readonly resource: string; readonly namespaced: boolean } | null;
  /** Service accounts of pods that run one of these images, given by repository path, e.g. `argoproj/argocd`. */
  accountsRunning(images: readonly string[]): readonly { readonly namespace: string; readonly name: string }[];
  /** Names of the workloads of a kind: in the namespace, or anywhere for null. */
  workloadsOf(kind: WorkloadKind, namespace: string | null): readonly string[];
  readonly objects: ClusterSnapshot["objects"];
}

/** The parts of a snapshot that `clusterFacts` reads. */
export type ClusterFactsInput = Pick<ClusterSnapshot, "objects" | "apiResources" | "source"> & {
  readonly coverage: readonly CoverageEntry[];
};

const ENFORCE = "pod-security.kubernetes.io/enforce";
const CONTROL_PLANE_LABELS = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];
const CLOUD_ROLES = [
  { annotation: "eks.amazonaws.com/role-arn", cloud: "AWS" },
  { annotation: "iam.gke.io/gcp-service-account", cloud: "Google Cloud" },
  { annotation: "azure.workload.identity/client-id", cloud: "Azure" },
];

/** Reads the facts of a snapshot once. Linear in its objects. Never throws. */
export function clusterFacts({ objects, apiResources, coverage, source }: ClusterFactsInput): ClusterFacts {
  const accountOf = new Map(
    objects.serviceAccounts.map((account) => [`${account.metadata.namespace}/${account.metadata.name}`, account]),
  );
  const accounts = objects.serviceAccounts.map(accountFacts);
  const specs = new Map<PodSpec, Pick<PodFacts, "hostAccess" | "secrets" | "images">>();
  const pods = podsAndTemplates(objects, source.type).map(({ namespace, name, spec, node }): PodFacts => {
    let facts = specs.get(spec);
    if (!facts)
      specs.set(spec, (facts = { hostAccess: hostAccess(spec), secrets: secretsOf(spec), images: imagesOf(spec) }));
    const account = accountOf.get(`${namespace}/${spec.serviceAccountName}`);
    return {
      namespace,
      name,
      account: spec.serviceAccountName,
      tokenMounted: mountsToken(spec, account),
      node,
      ...facts,
    };
  });
  const running = new Map<string, ReturnType<typeof accountsRunning>>();
  const names = workloadNames(objects);
  const levels = new Map(
    objects.namespaces.map(({ metadata }) => [metadata.name, levelOf(labelValue(metadata.labels, ENFORCE))]),
  );
  const accountsByNamespace = Map.groupBy(accounts, ({ namespace }) => namespace);
  const podsByNamespace = Map.groupBy(pods, ({ namespace }) => namespace);
  const podsByNode = Map.groupBy(pods, ({ node }) => node);
  const served = new Set(apiResources.map(({ group, resource }) => `${group}/${resource}`));
  const namespaces = new Set([
    ...levels.keys(),
    ...accounts.map(({ namespace }) => namespace),
    ...pods.map(({ namespace }) => namespace),
  ]);
  return {
    namespaces: [...namespaces].sort(compareText),
    nodes: objects.nodes.map(({ metadata }) => ({
      name: metadata.name,
      controlPlane: CONTROL_PLANE_LABELS.some((label) => labelValue(metadata.labels, label) !== undefined),
    })),
    accounts,
    pods,
    accountsIn: (namespace) => accountsByNamespace.get(namespace) ?? [],
    podsIn: (namespace) => podsByNamespace.get(namespace) ?? [],
    podsOn: (node) => podsByNode.get(node) ?? [],
    podsUnread: (namespace) => unread(coverage, "", "pods", namespace),
    unread: (group, resource, namespace) => unread(coverage, group, resource, namespace),
    podSecurity: (namespace) =>
      levels.get(namespace) ?? (unread(coverage, "", "namespaces", null) ? "unknown" : "privileged"),
    serves: (group, resource) => (served.size === 0 ? null : served.has(`${group}/${resource}`)),
    servedAs(apiVersion, kind) {
      const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
      const found = apiResources.find(
        (entry) => entry.group === group && entry.kind === kind && !entry.resource.includes("/"),
      );
      return found ? { group, resource: found.resource, namespaced: found.namespaced } : null;
    },
    accountsRunning(images) {
      const key = images.join();
      let found = running.get(key);
      if (!found) running.set(key, (found = accountsRunning(pods, images)));
      return found;
    },
    workloadsOf: (kind, namespace) => names.get(workloadsKey(kind, namespace)) ?? [],
    objects,
  };
}

function workloadNames({ workloads }: ClusterSnapshot["objects"]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, Set<string>>();
  const add = (key: string, name: string) => {
    const known = names.get(key);
    if (known) known.add(name);
    else names.set(key, new Set([name]));
  };
  for (const { kind, metadata } of workloads) {
    add(workloadsKey(kind, null), metadata.name);
    add(workloadsKey(kind, metadata.namespace ?? ""), metadata.name);
  }
  return new Map([...names].map(([key, own]) => [key, [...own]]));
}

function workloadsKey(kind: WorkloadKind, namespace: string | null): string {
  return JSON.stringify([kind, namespace]);
}

/** Whether a pod carries its account's token: by the automatic mount, or by a projected volume that some container may use. */
export function mountsToken(spec: PodSpec, account: ServiceAccount | undefined): boolean {
  return (
    mountsTokenVolume(spec) || (spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true)
  );
}

/** Whether a pod carries its account's token by a volume of its own, whatever is said about the automatic mount. */
export function mountsTokenVolume({ volumes }: PodSpec): boolean {
  return volumes.some(
    ({ projected }) =>
      projected?.some(({ type, audience }) => type === "serviceAccountToken" && isForApiServer(audience)) === true,
  );
}

/**
 * Whether the API server takes a token for this audience: it does for none and for its own, which as a rule is its address within the cluster or
 * the issuer's. A name such as `vault` or `sts.amazonaws.com` is somebody else's.
 */
function isForApiServer(audience: string | undefined): boolean {
  return (
    audience === undefined || audience === "" || audience.includes("kubernetes") || audience.startsWith("https://")
  );
}

function accountFacts({ metadata, secrets, tokenSecrets = [] }: ServiceAccount): AccountFacts {
  // Before 1.24 every account got such a Secret, named after it; pull secrets are listed elsewhere.
  const listed = secrets.filter((secret) => secret.startsWith(`${metadata.name}-token-`));
  return {
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    tokenSecrets: [...new Set([...listed, ...tokenSecrets])],
    cloudRoles: CLOUD_ROLES.flatMap(({ annotation, cloud }) => {
      const role = labelValue(metadata.annotations, annotation);
      return role === undefined ? [] : [`${cloud} ${role}`];
    }),
  };
}

/**
 * Pods that are not over, and the pod that the template of a workload without any would make: in manifests those of every such workload, as
 * nothing has been started yet; of a live cluster only where no pod is known at all.
 */
function podsAndTemplates(
  { pods, workloads }: ClusterSnapshot["objects"],
  source: ClusterSnapshot["source"]["type"],
): readonly Pick<PodFacts & { spec: PodSpec }, "namespace" | "name" | "spec" | "node">[] {
  const running = pods.filter(({ phase }) => phase !== "Succeeded" && phase !== "Failed").map(runningPod);
  if (pods.length > 0 && source !== "manifests") return running;
  const owners = ownersOfPods({ pods, workloads });
  const templates = workloads
    .filter(
      ({ kind, metadata, replicas }) =>
        replicas !== 0 &&
        !metadata.ownerReferences.some(({ controller }) => controller) &&
        !owners.has(ownerKey(metadata.namespace, kind, metadata.name)),
    )
    .map(({ metadata, template }) => ({
      namespace: metadata.namespace ?? "",
      name: metadata.name,
      spec: template.spec,
      node: null,
    }));
  return [...running, ...templates];
}

/** Workloads that some pod belongs to, also by a workload in between, as a Deployment's by its ReplicaSet. */
function ownersOfPods({
  pods,
  workloads,
}: Pick<ClusterSnapshot["objects"], "pods" | "workloads">): ReadonlySet<string> {
  const owners = new Set<string>();
  const add = ({ metadata }: Pick<Pod, "metadata">) => {
    for (const { kind, name } of metadata.ownerReferences) owners.add(ownerKey(metadata.namespace, kind, name));
  };
  pods.forEach(add);
  for (const workload of workloads)
    if (owners.has(ownerKey(workload.metadata.namespace, workload.kind, workload.metadata.name))) add(workload);
  return owners;
}

function ownerKey(namespace: string | undefined, kind: string, name: string): string {
  return `${namespace ?? ""}/${kind}/${name}`;
}

function runningPod({ metadata, spec, nodeName }: Pod) {
  return { namespace: metadata.namespace ?? "", name: metadata.name, spec, node: nodeName ?? null };
}

function levelOf(label: string | undefined): PodSecurityLevel {
  // An unknown level is enforced as restricted by the API server.
  if (label === undefined || label === "privileged") return "privileged";
  return label === "baseline" ? "baseline" : "restricted";
}

function secretsOf({ volumes }: PodSpec): readonly string[] {
  return volumes.flatMap(({ secretName, projected = [] }) => [
    ...(secretName === undefined ? [] : [secretName]),
    ...projected.flatMap(({ type, name }) => (type === "secret" && name !== undefined ? [name] : [])),
  ]);
}

function imagesOf({ containers }: PodSpec): readonly string[] {
  return containers.map(({ image }) => repositoryOf(image));
}

/** `quay.io/argoproj/argocd:v3@sha256:…` → `argoproj/argocd`. */
function repositoryOf(image: string): string {
  const [path = ""] = image.split("@");
  const parts = path.split("/");
  const last = parts.at(-1)?.replace(/:.*$/, "") ?? "";
  const folders = parts.slice(0, -1);
  const [host = ""] = folders;
  const hasHost = host.includes(".") || host.includes(":") || host === "localhost";
  return [...(hasHost ? folders.slice(1) : folders), last].join("/");
}

function unread(
  coverage: readonly CoverageEntry[],
  group: string,
  resource: string,
  namespace: string | null,
): boolean {
  return coverage.some(
    (entry) =>
      entry.group === group &&
      entry.resource === resource &&
      entry.state !== "complete" &&
      entry.state !== "absent" &&
      (namespace === null || entry.namespace === undefined || entry.namespace === namespace),
  );
}

/** Some build tools append a hash to the name of an image: `controller-10a3e32792f33651396d02b6855a6e36`. */
function withoutHash(image: string): string {
  return image.replace(/-[0-9a-f]{32}$/, "");
}

function accountsRunning(pods: readonly PodFacts[], images: readonly string[]) {
  const found = new Map<string, { namespace: string; name: string }>();
  for (const { namespace, account, images: own } of pods) {
    if (own.map(withoutHash).some((image) => images.some((wanted) => image === wanted || image.endsWith(`/${wanted}`))))
      found.set(`${namespace}/${account}`, { namespace, name: account });
  }
  return [...found.values()].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}
