import type { Json, ClusterObject } from "./metadata.ts";
import type { Labels } from "./labels.ts";
import type { LabelSelector } from "./rbac.ts";

/** Reference to a key or a whole Secret or ConfigMap. */
export interface DataReference {
  readonly kind: "Secret" | "ConfigMap";
  readonly name: string;
  /** Undefined for a whole object (`envFrom`). */
  readonly key?: string;
}

/** An environment variable without its value: the name and where the value comes from. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly source: "literal" | "field" | "resource" | "file" | DataReference;
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
  /** `TCP` when the object does not say. */
  readonly protocol: string;
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly: boolean;
}

/** A command line flag of a known control plane binary, allow-listed by name; secret-bearing values are dropped. */
export interface CommandFlag {
  readonly name: string;
  /** Undefined for a flag without value. */
  readonly value?: string;
}

export interface Container {
  readonly kind: "container" | "init" | "ephemeral";
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  /** `Always` marks a sidecar among init containers. */
  readonly restartPolicy?: string;
  /** The raw securityContext, every field of Pod Security's checks, unchanged. */
  readonly securityContext?: Json;
  readonly ports: readonly ContainerPort[];
  readonly environment: readonly EnvironmentVariable[];
  readonly environmentFrom: readonly DataReference[];
  readonly volumeMounts: readonly VolumeMount[];
  readonly volumeDevices: readonly string[];
  /** `host` fields of probes and lifecycle handlers, with their field paths below the container. */
  readonly probeHosts: readonly { readonly path: string; readonly host: string }[];
  readonly resources: { readonly requests: Labels; readonly limits: Labels; readonly claims: readonly string[] };
  /** Last path element of the command for a known control plane binary, e.g. `kube-apiserver`. */
  readonly binary?: string;
  readonly flags: readonly CommandFlag[];
}

/** `type` is the name of the field that is set in the volume, e.g. `hostPath`, `projected`; unknown ones are kept by name. */
export interface Volume {
  readonly name: string;
  readonly type: string;
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly secretName?: string;
  readonly configMapName?: string;
  readonly claimName?: string;
  readonly csiDriver?: string;
  /** Projected sources in order. */
  readonly projected?: readonly ProjectedSource[];
}

export interface ProjectedSource {
  readonly type:
    "serviceAccountToken" | "secret" | "configMap" | "downwardAPI" | "clusterTrustBundle" | "podCertificate" | "other";
  readonly name?: string;
  readonly audience?: string;
  readonly expirationSeconds?: number;
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** What Kordon keeps of a pod specification: every field that one of its engines reads. */
export interface PodSpec {
  /** `default` when the object does not say, as the API server defaults it. */
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly osName?: string;
  readonly runtimeClassName?: string;
  readonly priorityClassName?: string;
  readonly schedulerName?: string;
  readonly restartPolicy?: string;
  readonly hostname?: string;
  readonly subdomain?: string;
  /** The raw pod securityContext, unchanged. */
  readonly securityContext?: Json;
  /** Containers, then init containers, then ephemeral containers, each in the order of the object. */
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly tolerations: readonly Toleration[];
  readonly nodeSelector: Labels;
  readonly imagePullSecrets: readonly string[];
  readonly resourceClaims: readonly string[];
}

/**
 * A pod. Pods with equal specification share one `spec` object (and equal labels one `labels` object), so
 * engines can use identity as the equivalence class.
 */
export interface Pod extends ClusterObject {
  readonly spec: PodSpec;
  readonly nodeName?: string;
  readonly phase?: string;
  readonly podIPs: readonly string[];
  readonly hostIP?: string;
  /** Resolved image digests of running containers, `container name` → `imageID`. */
  readonly imageIds: Labels;
}

export const WORKLOAD_KINDS = [
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "Job",
  "CronJob",
  "ReplicationController",
] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/** A controller of pods. */
export interface Workload extends ClusterObject {
  readonly kind: WorkloadKind;
  readonly group: string;
  /** Desired replicas where the kind has them. */
  readonly replicas?: number;
  readonly selector?: LabelSelector;
  /** Pod template; for a CronJob that of its job template. */
  readonly template: { readonly labels: Labels; readonly annotations: Labels; readonly spec: PodSpec };
  /** CronJob schedule and suspension, Job completion. */
  readonly schedule?: string;
  readonly suspended?: boolean;
}
