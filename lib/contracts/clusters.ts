import { z } from "./z.ts";
import { completenessSchema, hopSchema, markSchema, severitySchema, topicSchema } from "./common.ts";
import { jobSchema } from "./jobs.ts";

export const clusterParamsSchema = z.object({
  clusterId: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9-]+$/),
});

export const topicStateSchema = z.object({
  topic: topicSchema,
  mark: markSchema,
  /** One sentence, true for every state, also for "not built". */
  sentence: z.string(),
  /** Objects by mark for the meter; empty for `not-built`. */
  counts: z.array(z.object({ mark: markSchema, count: z.number().int() })),
  completeness: completenessSchema.nullable(),
});
export type TopicStateView = z.infer<typeof topicStateSchema>;

/** Where a cluster's facts come from, without any secret. */
export const clusterSourceSchema = z.object({
  type: z.enum(["kubeconfig-context", "credential", "in-cluster", "manifests", "snapshot", "demo"]),
  /** API server, context name, file … for people. */
  detail: z.string(),
});

/**
 * - `never`: added, no good scan yet, none running
 * - `scanning-first`: first scan is running
 * - `current`: last scan was good
 * - `failing`: an earlier scan was good, the newest attempt was not; the good one is shown
 * - `failed`: no good scan, the newest attempt failed
 */
export const clusterStateSchema = z.enum(["never", "scanning-first", "current", "failing", "failed"]);

export const scanErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  at: z.string(),
});

export const clusterSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  source: clusterSourceSchema,
  /** Product guessed from the version and nodes, e.g. `EKS`; null when there is no sign. */
  platform: z.string().nullable(),
  version: z.string().nullable(),
  state: clusterStateSchema,
  /** Newest good scan. */
  lastScan: z
    .object({ id: z.string(), sequence: z.number().int(), finishedAt: z.string(), collectedAt: z.string() })
    .nullable(),
  lastError: scanErrorSchema.nullable(),
  activeJob: jobSchema.nullable(),
  worst: markSchema,
  because: z.string(),
  topics: z.array(topicStateSchema),
  completeness: completenessSchema.nullable(),
  /** Up to 30 newest good scans, oldest first. */
  trend: z.array(z.object({ at: z.string(), critical: z.number().int(), high: z.number().int() })),
});
export type ClusterSummary = z.infer<typeof clusterSummarySchema>;

export const fleetSchema = z.object({
  /** Verdict sentence of the page. */
  sentence: z.string(),
  context: z.string(),
  clusters: z.array(clusterSummarySchema),
});
export type Fleet = z.infer<typeof fleetSchema>;

export const topRiskSchema = z.object({
  fingerprint: z.string(),
  severity: severitySchema,
  sentence: z.string(),
  chain: z.array(hopSchema),
  /** Subject id for the link into the drill-down. */
  subject: z.string(),
  firstSeenAt: z.string(),
  isNew: z.boolean(),
});

export const clusterOverviewSchema = z.object({
  cluster: clusterSummarySchema,
  sentence: z.string(),
  facts: z.object({
    namespaces: z.number().int(),
    nodes: z.number().int(),
    pods: z.number().int(),
    workloads: z.number().int(),
    serviceAccounts: z.number().int(),
    roles: z.number().int(),
    bindings: z.number().int(),
  }),
  topRisks: z.array(topRiskSchema),
  /**
   * Findings of earlier scans that the newest good one could neither prove nor refute, because something could not be read;
   * worst first, the first few.
   */
  unverified: z.object({ count: z.number().int(), risks: z.array(topRiskSchema) }),
  /** All findings of the newest good scan by severity. */
  findings: z.object({
    critical: z.number().int(),
    high: z.number().int(),
    medium: z.number().int(),
    low: z.number().int(),
  }),
  changes: z.object({ comparedWith: z.string(), added: z.number().int(), fixed: z.number().int() }).nullable(),
  assumptions: z.array(z.string()),
  skipped: z.array(z.object({ apiVersion: z.string(), kind: z.string(), objects: z.number().int() })),
  coverage: z.array(
    z.object({
      group: z.string(),
      resource: z.string(),
      kind: z.string(),
      namespace: z.string().optional(),
      state: z.string(),
      reason: z.string().optional(),
      objects: z.number().int(),
    }),
  ),
});
export type ClusterOverview = z.infer<typeof clusterOverviewSchema>;

/** Answer for a cluster that has no good scan yet. */
export const clusterDetailSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("scanned"), overview: clusterOverviewSchema }),
  z.object({ type: z.literal("unscanned"), cluster: clusterSummarySchema }),
]);
export type ClusterDetail = z.infer<typeof clusterDetailSchema>;

/** Adding: from a context the worker found, from the service account the worker runs as, or from a pasted kubeconfig. */
export const addClusterSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("kubeconfig-context"),
    name: z.string().trim().min(1).max(100),
    context: z.string().min(1).max(500),
  }),
  z.object({ type: z.literal("in-cluster"), name: z.string().trim().min(1).max(100) }),
  z.object({
    type: z.literal("credential"),
    name: z.string().trim().min(1).max(100),
    /** Whole text of the kubeconfig, at most 256 KiB. Never stored: sealed to the worker's key. */
    kubeconfig: z.string().min(1).max(262_144),
    /** Context to use; the current one when absent. */
    context: z.string().max(500).optional(),
  }),
]);
export type AddCluster = z.infer<typeof addClusterSchema>;

export const addClusterResultSchema = z.object({ clusterId: z.string(), job: jobSchema });

/** Checks a pasted kubeconfig without saving anything. */
export const checkKubeconfigSchema = z.object({ kubeconfig: z.string().min(1).max(262_144) });
export const checkKubeconfigResultSchema = z.object({
  currentContext: z.string().nullable(),
  contexts: z.array(z.object({ name: z.string(), server: z.string(), authKind: z.enum(["token", "certificate"]) })),
});

export const renameClusterSchema = z.object({ name: z.string().trim().min(1).max(100) });

export const scanSchema = z.object({
  id: z.string(),
  sequence: z.number().int(),
  state: z.enum(["complete", "failed", "interrupted"]),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  findings: z
    .object({ critical: z.number().int(), high: z.number().int(), medium: z.number().int(), low: z.number().int() })
    .nullable(),
  error: scanErrorSchema.nullable(),
});
export const scansSchema = z.object({ scans: z.array(scanSchema) });

/** What the worker can offer to add. */
export const sourcesSchema = z.object({
  contexts: z.array(
    z.object({
      name: z.string(),
      cluster: z.string(),
      server: z.string(),
      user: z.string(),
      authKind: z.string(),
      added: z.boolean(),
    }),
  ),
  kubeconfigFiles: z.array(z.string()),
  /** Why the kubeconfig could not be read, in words; null when it could or when there is none. */
  problem: z.string().nullable(),
  inCluster: z.boolean(),
  refreshedAt: z.string().nullable(),
});
export type Sources = z.infer<typeof sourcesSchema>;

/** The exact ClusterRole Kordon needs, as YAML text. */
export const readerRoleSchema = z.object({ yaml: z.string() });

export const metaSchema = z.object({
  version: z.string(),
  worker: z.object({ alive: z.boolean(), lastSeenAt: z.string().nullable() }),
  demo: z.boolean(),
  /** CIDRs of addresses that pasted kubeconfigs may reach although they are blocked by default. */
  allowedNetworks: z.array(z.string()),
});
export type Meta = z.infer<typeof metaSchema>;
