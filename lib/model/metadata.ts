import type { Labels } from "./labels.ts";

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
}

/** What every collected object keeps of its metadata. Times are RFC 3339 as the API server writes them. */
export interface ObjectMetadata {
  readonly name: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels: Labels;
  /** Only keys of the collector's allow-list. */
  readonly annotations: Labels;
  readonly createdAt?: string;
  readonly deletedAt?: string;
  readonly ownerReferences: readonly OwnerReference[];
}

/** Shape of every collected object. */
export interface ClusterObject {
  readonly metadata: ObjectMetadata;
}

/** JSON as parsed; used where a kind keeps a part of its specification unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
