import type { Finding } from "../model/finding.ts";
import type { Topic } from "../model/topics.ts";
import type { CollectionName } from "../model/kinds.ts";

/** Times are epoch milliseconds; ids are lower-case UUID v7 text. Every stored JSON is validated by its reader. */
export interface ClusterRecord {
  readonly id: string;
  readonly name: string;
  /** JSON of `StoredSource` (schema in `stored-json.ts`): type and what the worker needs to connect, without secrets. */
  readonly source: StoredSource;
  readonly createdAt: number;
}

/** How the worker reaches a cluster. A pasted credential is stored sealed and apart from it. */
export type StoredSource =
  | { readonly type: "kubeconfig-context"; readonly context: string; readonly server: string }
  | { readonly type: "in-cluster" }
  | { readonly type: "credential"; readonly server: string; readonly caHash: string; readonly tlsServerName?: string }
  /** `namespace`: where objects go that name none. */
  | { readonly type: "manifests"; readonly paths: readonly string[]; readonly namespace?: string | undefined }
  | { readonly type: "snapshot"; readonly path: string }
  | { readonly type: "demo"; readonly name: string };

export interface StoredError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export interface SeverityCounts {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

export interface ScanRecord {
  readonly id: string;
  readonly clusterId: string;
  /** 1, 2, … per cluster; failed scans count too. */
  readonly sequence: number;
  readonly state: "complete" | "failed" | "interrupted";
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly error: StoredError | null;
  /** Present when complete. */
  readonly findings: SeverityCounts | null;
  /** Present when complete: small JSON that the fleet and overview pages read without loading the snapshot. */
  readonly summary: string | null;
}

export const JOB_KINDS = ["scan", "test-connection", "refresh-sources", "check-access"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export interface JobRecord {
  readonly id: string;
  readonly kind: JobKind;
  readonly clusterId: string | null;
  /** JSON of what is to be done, shaped by the job's kind; null when the kind says it all. The reader validates it. */
  readonly request: string | null;
  readonly state: "queued" | "running" | "done" | "failed" | "interrupted";
  readonly attempt: number;
  /** JSON of progress and of the result, each shaped by the job's kind; null when there is none yet. */
  readonly progress: string | null;
  readonly result: string | null;
  readonly error: StoredError | null;
  readonly requestedAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** A snapshot and its results as text chunks, as `lib/snapshot` makes them. */
export interface ScanContent {
  readonly header: string;
  readonly chunks: readonly { readonly collection: CollectionName; readonly text: string }[];
  /** Named result documents, e.g. `access`. */
  readonly results: ReadonlyMap<string, string>;
}

export interface SavedScan {
  readonly id: string;
  readonly clusterId: string;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly content: ScanContent;
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** Topics of which not every fact could be read: their open findings that this scan lacks are kept as unverified, not closed. */
  readonly unreadTopics: readonly Topic[];
}

/** A finding with its life over the scans of one cluster. */
export interface StoredFinding {
  readonly finding: Finding;
  readonly firstSeenAt: number;
  readonly firstScanSequence: number;
  /** Sequence of the scan that no longer had it; null while open. */
  readonly closedScanSequence: number | null;
  /** False when the scan could not read what would prove or refute it: it says what an earlier scan found. */
  readonly verified: boolean;
}

/**
 * Everything that outlives a process. SQLite and Postgres implement it and pass one contract test.
 * `get*` throws AppError `not_found`; `find*` returns null. A method that writes is one transaction: wholly done or not at all.
 * Two processes may use one store at once.
 */
export interface Store {
  createCluster(cluster: {
    readonly name: string;
    readonly source: StoredSource;
    readonly createdAt: number;
  }): Promise<ClusterRecord>;
  listClusters(): Promise<readonly ClusterRecord[]>;
  getCluster(id: string): Promise<ClusterRecord>;
  renameCluster(id: string, name: string): Promise<void>;
  /** Removes the cluster with its scans, findings, jobs and credential, and every chunk that nothing else uses. */
  deleteCluster(id: string): Promise<void>;

  /** Replaces the sealed credential (a JWE). Write-only for the web process; only the worker reads it. */
  saveCredential(clusterId: string, sealed: string): Promise<void>;
  findCredential(clusterId: string): Promise<string | null>;

  /** Saves a complete scan, its chunks (content-addressed, compressed) and findings; gives it the next sequence number. */
  saveScan(scan: SavedScan): Promise<ScanRecord>;
  saveFailedScan(scan: {
    readonly clusterId: string;
    readonly state: "failed" | "interrupted";
    readonly startedAt: number;
    readonly finishedAt: number;
    readonly error: StoredError;
  }): Promise<ScanRecord>;
  /** Newest first. */
  listScans(
    clusterId: string,
    options?: { readonly limit?: number; readonly state?: ScanRecord["state"] },
  ): Promise<readonly ScanRecord[]>;
  findLatestScan(clusterId: string, state?: ScanRecord["state"]): Promise<ScanRecord | null>;
  /** Newest scan, newest complete scan and up to `trend` newest complete ones (oldest first) of every cluster, in one read. */
  listClusterStates(
    trend: number,
  ): Promise<
    ReadonlyMap<string, { latest: ScanRecord | null; latestComplete: ScanRecord | null; trend: readonly ScanRecord[] }>
  >;
  readScanContent(scanId: string): Promise<ScanContent>;
  readScanResult(scanId: string, name: string): Promise<string | null>;

  /** Findings that were open at the scan with this sequence, worst first. */
  listFindings(clusterId: string, sequence: number): Promise<readonly StoredFinding[]>;
  /** Findings opened by, and closed by, the scan with this sequence. */
  countFindingChanges(
    clusterId: string,
    sequence: number,
  ): Promise<{ readonly opened: number; readonly closed: number }>;

  /** Enqueues a job. A `scan` or `check-access` of a cluster that has one of that kind queued or running throws AppError `conflict`. */
  enqueueJob(job: {
    readonly kind: JobKind;
    readonly clusterId: string | null;
    /** By default null. */
    readonly request?: string;
    readonly requestedAt: number;
  }): Promise<JobRecord>;
  getJob(id: string): Promise<JobRecord>;
  /** Queued and running jobs, oldest first. */
  listActiveJobs(): Promise<readonly JobRecord[]>;
  /** Takes the oldest queued job, or a running one whose lease ran out (attempt + 1), for `owner` until `leaseUntil`. Null when there is none. */
  leaseJob(options: {
    readonly owner: string;
    readonly now: number;
    readonly leaseUntil: number;
    readonly kinds?: readonly JobKind[];
  }): Promise<JobRecord | null>;
  /** Extends the lease and stores progress. False when the lease was lost: the caller must stop. */
  renewJob(options: {
    readonly id: string;
    readonly owner: string;
    readonly leaseUntil: number;
    readonly progress: string | null;
  }): Promise<boolean>;
  /** Ends a job. False when the lease was lost. */
  finishJob(options: {
    readonly id: string;
    readonly owner: string;
    readonly state: "done" | "failed" | "interrupted";
    readonly result: string | null;
    readonly error: StoredError | null;
    readonly finishedAt: number;
  }): Promise<boolean>;

  /** Small named documents shared between processes: worker heartbeat and public key, kubeconfig contexts. */
  putDocument(name: string, json: string, updatedAt: number): Promise<void>;
  findDocument(name: string): Promise<{ readonly json: string; readonly updatedAt: number } | null>;

  close(): Promise<void>;
}
