import type { Namespace, Node, SpecObject } from "./cluster-objects.ts";
import type { CoverageEntry } from "./coverage.ts";
import type { CollectionName } from "./kinds.ts";
import type { Pod, Workload } from "./pod.ts";
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from "./rbac.ts";

interface TypedCollections {
  readonly namespaces: readonly Namespace[];
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly workloads: readonly Workload[];
  readonly serviceAccounts: readonly ServiceAccount[];
  readonly roles: readonly Role[];
  readonly clusterRoles: readonly ClusterRole[];
  readonly roleBindings: readonly RoleBinding[];
  readonly clusterRoleBindings: readonly ClusterRoleBinding[];
}

/** Every collection of a snapshot, each sorted by group, kind, namespace and name (code unit order). */
export type SnapshotObjects = TypedCollections & {
  readonly [name in Exclude<CollectionName, keyof TypedCollections>]: readonly SpecObject[];
};

/** Answer of `/version`. */
export interface ServerVersion {
  readonly gitVersion: string;
  readonly major: string;
  readonly minor: string;
  readonly emulationMajor?: string;
  readonly emulationMinor?: string;
  readonly minCompatibilityMajor?: string;
  readonly minCompatibilityMinor?: string;
  readonly platform?: string;
  readonly buildDate?: string;
}

/** One resource of the discovery documents; `resource` may hold a subresource (`pods/exec`). */
export interface ApiResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** What was seen of the API server itself, beside its objects. */
export interface ApiServerEvidence {
  /** Issuer and keys document of `/.well-known/openid-configuration`, when readable. */
  readonly serviceAccountIssuer?: string;
  /** Serving certificate as seen during the handshake. */
  readonly servingCertificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly notBefore: string;
    readonly notAfter: string;
    readonly names: readonly string[];
  };
  readonly tlsVersion?: string;
}

export type SnapshotSource =
  | { readonly type: "live"; readonly context?: string; readonly server: string }
  | { readonly type: "manifests"; readonly files: number; readonly documents: number }
  | { readonly type: "demo"; readonly name: string };

/** Objects of kinds that Kordon does not read, counted. */
export interface SkippedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly objects: number;
}

export const SNAPSHOT_FORMAT_VERSION = 1;

/** Everything collected in one run. Immutable; engines take nothing else from a cluster. */
export interface ClusterSnapshot {
  readonly formatVersion: typeof SNAPSHOT_FORMAT_VERSION;
  /** Name for people; not an identity. */
  readonly clusterName: string;
  readonly source: SnapshotSource;
  /** Start of the run, RFC 3339, UTC. */
  readonly collectedAt: string;
  readonly durationMs: number;
  readonly version: ServerVersion | null;
  /** Empty when discovery was not readable; `coverage` says so. */
  readonly apiResources: readonly ApiResource[];
  readonly apiServer: ApiServerEvidence;
  readonly coverage: readonly CoverageEntry[];
  readonly skipped: readonly SkippedKind[];
  /** Sentences on what was taken for granted, e.g. built-in roles for manifests. */
  readonly assumptions: readonly string[];
  readonly objects: SnapshotObjects;
}
