import type { Node } from "#lib/model/cluster-objects.ts";
import type { Labels } from "#lib/model/labels.ts";
import type { ObjectMetadata, OwnerReference } from "#lib/model/metadata.ts";
import type { Container, Pod, PodSpec, Workload } from "#lib/model/pod.ts";
import type { ClusterDraft } from "../draft.ts";
import type { NodePool } from "./nodes.ts";
import type { PodProfile } from "./pod-spec.ts";
import { toLabels } from "#lib/model/labels.ts";
import { ownerOf } from "../draft.ts";
import { digestOf, hashOf, nameSuffix } from "../random.ts";
import { aContainer, admitted, aPodSpec } from "./pod-spec.ts";

/** One application: a controller with its pods. */
export interface AppFacts {
  readonly kind?: "Deployment" | "StatefulSet" | "DaemonSet" | "CronJob";
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly profile: PodProfile;
  /** Pods of a Deployment or StatefulSet; a DaemonSet has one for each node, a CronJob the last run. */
  readonly replicas?: number;
  readonly account?: string;
  readonly port?: number;
  /** Day of the last rollout; long ago when absent. */
  readonly rolledOn?: number;
  readonly labels?: Labels;
  readonly pod?: Partial<PodSpec>;
  readonly container?: Partial<Container>;
  /** DaemonSets that tolerate the taint of the control plane. */
  readonly onControlPlane?: boolean;
  readonly schedule?: string;
}

/** What services and policies need to know of an application. */
export interface App {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly pods: readonly Pod[];
}

/** Adds a controller, for a Deployment its ReplicaSet and for a CronJob its last Job, and the pods. */
export function addApp(draft: ClusterDraft, nodes: NodePool, facts: AppFacts): App {
  const { namespace, name, kind = "Deployment", port = 8080 } = facts;
  const rollout = `${namespace}/${name}/${facts.image}/${facts.rolledOn ?? ""}`;
  const labels = toLabels({ ...Object.fromEntries(facts.labels ?? []), "app.kubernetes.io/name": name });
  const template = { labels, annotations: [], spec: templateSpec(draft, facts) };
  const controller = addController(draft, facts, template);
  const createdAt = facts.rolledOn === undefined ? undefined : draft.calendar.on(facts.rolledOn, rollout);
  const context: PodContext = { draft, facts, nodes, rollout, createdAt, template };
  switch (kind) {
    case "Deployment":
      return { namespace, name, port, pods: addReplicas(context, controller) };
    case "CronJob":
      return { namespace, name, port, pods: addLastRun(context, controller) };
    case "StatefulSet": {
      const owner = ownerOf("apps/v1", kind, controller);
      const pods = range(facts.replicas ?? 1).map((index) => addPod(context, `${name}-${index}`, labels, owner));
      return { namespace, name, port, pods };
    }
    case "DaemonSet": {
      const owner = ownerOf("apps/v1", kind, controller);
      const places = facts.onControlPlane === true ? nodes.all : nodes.workers;
      const pods = places.map((node) => {
        const suffix = nameSuffix(`${rollout}/${node.metadata.name}`, 5);
        return addPod(context, `${name}-${suffix}`, labels, owner, node);
      });
      return { namespace, name, port, pods };
    }
  }
}

interface PodContext {
  readonly draft: ClusterDraft;
  readonly facts: AppFacts;
  readonly nodes: NodePool;
  /** Changes with every rollout. */
  readonly rollout: string;
  readonly createdAt: string | undefined;
  readonly template: Workload["template"];
}

function templateSpec(draft: ClusterDraft, { profile, account, ...facts }: AppFacts): PodSpec {
  const container = aContainer(
    {
      name: facts.name,
      image: facts.image,
      ports: facts.kind === "CronJob" ? [] : [{ containerPort: facts.port ?? 8080, protocol: "TCP" }],
      ...facts.container,
    },
    profile,
  );
  const spec = aPodSpec(profile, {
    ...(account === undefined ? {} : { serviceAccountName: account }),
    ...(facts.kind === "CronJob" ? { restartPolicy: "OnFailure" } : {}),
    containers: [container],
    ...facts.pod,
  });
  return draft.share(`template ${JSON.stringify(spec)}`, () => spec);
}

function addController(draft: ClusterDraft, facts: AppFacts, template: Workload["template"]): ObjectMetadata {
  const { namespace, name, kind = "Deployment" } = facts;
  const metadata = draft.metadata(kind, { namespace, name, labels: template.labels });
  draft.add("workloads", {
    metadata,
    kind,
    group: kind === "CronJob" ? "batch" : "apps",
    ...(kind === "Deployment" || kind === "StatefulSet" ? { replicas: facts.replicas ?? 1 } : {}),
    ...(kind === "CronJob"
      ? { schedule: facts.schedule ?? "0 3 * * *", suspended: false }
      : { selector: { matchLabels: [["app.kubernetes.io/name", name]], matchExpressions: [] } }),
    template,
  });
  return metadata;
}

function addReplicas(context: PodContext, controller: ObjectMetadata): readonly Pod[] {
  const { draft, facts, rollout, template } = context;
  const hash = nameSuffix(rollout, 10);
  const labels = toLabels({ ...Object.fromEntries(template.labels), "pod-template-hash": hash });
  const metadata = draft.metadata("ReplicaSet", {
    namespace: facts.namespace,
    name: `${facts.name}-${hash}`,
    labels,
    owners: [ownerOf("apps/v1", "Deployment", controller)],
    ...(context.createdAt === undefined ? {} : { createdAt: context.createdAt }),
  });
  const replicas = facts.replicas ?? 1;
  draft.add("workloads", {
    metadata,
    kind: "ReplicaSet",
    group: "apps",
    replicas,
    selector: { matchLabels: labels, matchExpressions: [] },
    template: { ...template, labels },
  });
  const owner = ownerOf("apps/v1", "ReplicaSet", metadata);
  return range(replicas).map((index) => {
    const suffix = nameSuffix(`${rollout}/${index}`, 5);
    return addPod(context, `${metadata.name}-${suffix}`, labels, owner);
  });
}

/** The Job of the night before the scan, with its finished pod. */
function addLastRun(context: PodContext, controller: ObjectMetadata): readonly Pod[] {
  const { draft, facts, template } = context;
  const createdAt = draft.calendar.on(draft.calendar.day, `${facts.namespace}/${facts.name}`);
  const name = `${facts.name}-${Math.floor(Date.parse(createdAt) / 60_000)}`;
  const labels = toLabels({ ...Object.fromEntries(template.labels), "batch.kubernetes.io/job-name": name });
  const metadata = draft.metadata("Job", {
    namespace: facts.namespace,
    name,
    labels,
    createdAt,
    owners: [ownerOf("batch/v1", "CronJob", controller)],
  });
  const selector = { matchLabels: labels, matchExpressions: [] };
  draft.add("workloads", { metadata, kind: "Job", group: "batch", selector, template: { ...template, labels } });
  const owner = ownerOf("batch/v1", "Job", metadata);
  return [addPod({ ...context, createdAt }, `${name}-${nameSuffix(name, 5)}`, labels, owner)];
}

function addPod(context: PodContext, name: string, labels: Labels, owner: OwnerReference, place?: Node): Pod {
  const { draft, facts, nodes, template, createdAt } = context;
  const { namespace } = facts;
  const node = place ?? nodes.workerFor(`${namespace}/${name}`);
  const hostIP = node.addresses[0]?.address ?? "";
  const isDone = facts.kind === "CronJob";
  const address = template.spec.hostNetwork === true ? hostIP : nodes.addressOn(node, `${namespace}/${name}`);
  const pod: Pod = {
    metadata: draft.metadata("Pod", {
      namespace,
      name,
      labels,
      owners: draft.share(`owners ${owner.uid}`, () => [owner]),
      ...(createdAt === undefined ? {} : { createdAt }),
    }),
    spec: podSpec(draft, namespace, template.spec),
    nodeName: node.metadata.name,
    phase: isDone ? "Succeeded" : "Running",
    podIPs: isDone ? [] : [address],
    hostIP,
    imageIds: draft.share(`images ${facts.name} ${facts.image}`, () => imageIds(template.spec)),
  };
  draft.add("pods", pod);
  return pod;
}

function podSpec(draft: ClusterDraft, namespace: string, template: PodSpec): PodSpec {
  const account = draft.findAccount(namespace, template.serviceAccountName);
  const mountsToken = template.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
  return draft.share(`admitted ${mountsToken} ${specKey(draft, template)}`, () => admitted(template, mountsToken));
}

/** Templates are shared, so their text is made once. */
function specKey(draft: ClusterDraft, template: PodSpec): string {
  const keys = draft.share("spec keys", () => new WeakMap<PodSpec, string>());
  const known = keys.get(template);
  if (known !== undefined) return known;
  const key = JSON.stringify(template);
  keys.set(template, key);
  return key;
}

function imageIds(spec: PodSpec): Labels {
  return toLabels(
    Object.fromEntries(
      spec.containers.map(({ name, image }) => [name, `${image.replace(/:[^/:]*$/, "")}@sha256:${digestOf(image)}`]),
    ),
  );
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Whether something that only a share of the applications has belongs to this one. */
export function isAmong(key: string, percent: number): boolean {
  return hashOf(key) % 100 < percent;
}
