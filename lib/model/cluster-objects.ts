import type { ClusterObject, Json } from "./metadata.ts";

/** Namespace with its phase; Pod Security labels stand in `metadata.labels`. */
export interface Namespace extends ClusterObject {
  /** `Active` or `Terminating`. */
  readonly phase?: string;
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Node with what patch status and reachability read. */
export interface Node extends ClusterObject {
  readonly addresses: readonly { readonly type: string; readonly address: string }[];
  readonly podCIDRs: readonly string[];
  readonly taints: readonly Taint[];
  readonly unschedulable: boolean;
  readonly ready?: boolean;
  readonly info: {
    readonly kubeletVersion?: string;
    readonly kubeProxyVersion?: string;
    readonly containerRuntimeVersion?: string;
    readonly kernelVersion?: string;
    readonly osImage?: string;
    readonly operatingSystem?: string;
    readonly architecture?: string;
  };
  /** `spec.providerID`, e.g. `aws:///…`. */
  readonly providerId?: string;
}

/**
 * An object of a kind whose specification is kept as JSON, cut down by the collector's allow-list for that kind.
 * The topic's engine reads it; the snapshot does not change when the engine learns a field.
 */
export interface SpecObject extends ClusterObject {
  readonly group: string;
  readonly kind: string;
  /** Version it was read in, e.g. `v1`. */
  readonly version: string;
  readonly spec: Json;
  readonly status?: Json;
}
