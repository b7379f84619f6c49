import type { OwnerReference } from "#lib/model/metadata.ts";
import type { Container, Pod, PodSpec, Workload, WorkloadKind } from "#lib/model/pod.ts";
import { aMetadata } from "./build-rbac.ts";

/** A specification without containers, volumes or settings, running as `default`. */
export function aPodSpec(spec: Partial<PodSpec> = {}): PodSpec {
  return {
    serviceAccountName: "default",
    containers: [],
    volumes: [],
    tolerations: [],
    nodeSelector: [],
    imagePullSecrets: [],
    resourceClaims: [],
    ...spec,
  };
}

/** A container without ports, variables, mounts or settings. */
export function aContainer(container: Partial<Container> = {}): Container {
  return {
    kind: "container",
    name: "main",
    image: "registry.example.com/team/app:1",
    ports: [],
    environment: [],
    environmentFrom: [],
    volumeMounts: [],
    volumeDevices: [],
    probeHosts: [],
    resources: { requests: [], limits: [], claims: [] },
    flags: [],
    ...container,
  };
}

/** A controlling owner. */
export function anOwner(kind: string, name: string): OwnerReference {
  return { apiVersion: "apps/v1", kind, name, uid: `${kind}-${name}`, controller: true };
}

/** A running pod on `node-1`. */
export function aPod(
  namespace: string,
  name: string,
  {
    spec = {},
    owner,
    nodeName = "node-1",
  }: { spec?: Partial<PodSpec>; owner?: OwnerReference; nodeName?: string } = {},
): Pod {
  return {
    metadata: aMetadata({ name, namespace, ownerReferences: owner ? [owner] : [] }),
    spec: aPodSpec(spec),
    nodeName,
    phase: "Running",
    podIPs: [],
    imageIds: [],
  };
}

/** A controller with one replica. */
export function aWorkload(
  kind: WorkloadKind,
  namespace: string,
  name: string,
  { spec = {}, owner, replicas = 1 }: { spec?: Partial<PodSpec>; owner?: OwnerReference; replicas?: number } = {},
): Workload {
  return {
    metadata: aMetadata({ name, namespace, ownerReferences: owner ? [owner] : [] }),
    kind,
    group: kind === "Job" || kind === "CronJob" ? "batch" : "apps",
    replicas,
    template: { labels: [], annotations: [], spec: aPodSpec(spec) },
  };
}
