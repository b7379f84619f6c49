import { scanSummarySchema, type ScanSummary } from "../../analysis/summary.ts";
import { countOf } from "../../analysis/words.ts";
import { accessCheckSchema } from "../../contracts/access-check.ts";
import type { ClusterSummary } from "../../contracts/clusters.ts";
import { preflightSchema, progressSchema, type Job } from "../../contracts/jobs.ts";
import { TOPICS } from "../../model/topics.ts";
import type { ClusterRecord, JobRecord, ScanRecord, StoredSource } from "../../store/index.ts";

/** The summary a complete scan left; null for another scan or one of an older, unreadable form. */
export function summaryOf(scan: ScanRecord | null): ScanSummary | null {
  if (!scan || scan.summary === null) return null;
  const parsed = scanSummarySchema.safeParse(JSON.parse(scan.summary));
  return parsed.success ? parsed.data : null;
}

export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

export function jobView(job: JobRecord): Job {
  const progress = job.progress === null ? null : progressSchema.safeParse(JSON.parse(job.progress));
  const preflight =
    job.kind === "test-connection" && job.result !== null ? preflightSchema.safeParse(JSON.parse(job.result)) : null;
  const check =
    job.kind === "check-access" && job.result !== null ? accessCheckSchema.safeParse(JSON.parse(job.result)) : null;
  return {
    id: job.id,
    kind: job.kind,
    clusterId: job.clusterId,
    state: job.state,
    progress: progress?.success ? progress.data : null,
    preflight: preflight?.success ? preflight.data : null,
    accessCheck: check?.success ? check.data : null,
    error: job.error,
    requestedAt: isoTime(job.requestedAt),
    finishedAt: job.finishedAt === null ? null : isoTime(job.finishedAt),
  };
}

/** What the fleet and every page of a cluster say about it. */
export function clusterView(
  cluster: ClusterRecord,
  scans: {
    readonly latest: ScanRecord | null;
    readonly latestComplete: ScanRecord | null;
    readonly trend: readonly ScanRecord[];
  },
  activeJob: JobRecord | null,
): ClusterSummary {
  const { latest, latestComplete } = scans;
  const summary = summaryOf(latestComplete);
  const failed = latest !== null && latest.state !== "complete" ? latest : null;
  return {
    id: cluster.id,
    name: cluster.name,
    source: { type: cluster.source.type, detail: sourceDetail(cluster.source) },
    platform: summary?.platform ?? null,
    version: summary?.version ?? null,
    state: stateOf(scans, activeJob),
    lastScan:
      latestComplete && summary
        ? {
            id: latestComplete.id,
            sequence: latestComplete.sequence,
            finishedAt: isoTime(latestComplete.finishedAt),
            collectedAt: summary.collectedAt,
          }
        : null,
    lastError: failed?.error ? { ...failed.error, at: isoTime(failed.finishedAt) } : null,
    activeJob: activeJob ? jobView(activeJob) : null,
    worst: summary?.worst ?? "unknown",
    because: summary?.because ?? unscannedBecause(failed, activeJob),
    topics:
      summary?.topics ??
      TOPICS.map((topic) => ({
        topic,
        mark: topic === "access" ? ("unknown" as const) : ("not-built" as const),
        sentence: topic === "access" ? "Not scanned yet" : "Kordon does not answer this topic yet",
        counts: [],
        completeness: null,
      })),
    completeness: summary?.completeness ?? null,
    trend: scans.trend.flatMap(({ findings, finishedAt }) =>
      findings ? [{ at: isoTime(finishedAt), critical: findings.critical, high: findings.high }] : [],
    ),
  };
}

function stateOf(
  { latest, latestComplete }: { latest: ScanRecord | null; latestComplete: ScanRecord | null },
  activeJob: JobRecord | null,
): ClusterSummary["state"] {
  if (latestComplete) return latest !== null && latest.state !== "complete" ? "failing" : "current";
  if (activeJob?.kind === "scan") return "scanning-first";
  return latest ? "failed" : "never";
}

function unscannedBecause(failed: ScanRecord | null, activeJob: JobRecord | null): string {
  if (activeJob?.kind === "scan") return "First scan is running";
  return failed?.error ? failed.error.message : "Not scanned yet";
}

/** Where the facts come from, in words and without secrets. */
export function sourceDetail(source: StoredSource): string {
  switch (source.type) {
    case "kubeconfig-context":
      return source.server === "" ? source.context : `${source.context} · ${source.server}`;
    case "credential":
      return source.server;
    case "in-cluster":
      return "the cluster Kordon runs in";
    case "manifests":
      return source.paths.length === 1 ? (source.paths[0] ?? "") : countOf(source.paths.length, "path");
    case "snapshot":
      return source.path;
    case "demo":
      return "synthetic cluster made by Kordon";
  }
}
