import { z } from "zod";
import { completenessSchema, markSchema } from "../contracts/common.ts";
import { clusterOverviewSchema, topicStateSchema, type TopicStateView } from "../contracts/clusters.ts";
import { SEVERITIES, type Severity } from "../model/severity.ts";
import { formatSubject } from "../model/subject-name.ts";
import { TOPICS, type Topic } from "../model/topics.ts";
import {
  accessFindings,
  analyzeAccess,
  isSystemSubject,
  severityOf,
  subjectLabel,
  type AccessAnalysis,
} from "./analyze-access.ts";
import { completenessOf } from "./completeness.ts";
import { platformOf } from "./platform.ts";
import { countOf } from "./words.ts";
import type { Finding } from "../model/finding.ts";
import type { ClusterSnapshot } from "../model/snapshot.ts";

/** What a scan leaves for the fleet and overview pages, so that they need not load the snapshot. */
export const scanSummarySchema = z.object({
  version: z.string().nullable(),
  platform: z.string().nullable(),
  collectedAt: z.string(),
  worst: markSchema,
  because: z.string(),
  sentence: z.string(),
  topics: z.array(topicStateSchema),
  completeness: completenessSchema,
  /** Fingerprints of the findings to show first, in order. */
  topFindings: z.array(z.string()),
  facts: clusterOverviewSchema.shape.facts,
  assumptions: clusterOverviewSchema.shape.assumptions,
  skipped: clusterOverviewSchema.shape.skipped,
  coverage: clusterOverviewSchema.shape.coverage,
});
export type ScanSummary = z.infer<typeof scanSummarySchema>;

/** More than a page shows: several may concern one subject. */
const TOP_FINDINGS = 50;

export interface ScanAnalysis {
  readonly summary: ScanSummary;
  readonly findings: readonly Finding[];
  readonly access: AccessAnalysis;
}

/** Runs every engine that exists over a snapshot. Deterministic; never throws. */
export function analyzeSnapshot(snapshot: ClusterSnapshot): ScanAnalysis {
  const access = analyzeAccess(snapshot);
  const findings = accessFindings(access);
  const topics = TOPICS.map((topic) => (topic === "access" ? accessTopic(access) : unbuiltTopic(topic)));
  const { objects } = snapshot;
  const [first] = findings;
  const accessState = topics[0];
  const summary: ScanSummary = {
    version: snapshot.version?.gitVersion ?? null,
    platform: platformOf(snapshot),
    collectedAt: snapshot.collectedAt,
    worst: accessState?.mark ?? "unknown",
    because: first?.sentence ?? accessState?.sentence ?? "Nothing was read",
    sentence: overviewSentence(access, findings),
    topics,
    completeness: completenessOf(snapshot.coverage),
    topFindings: findings.slice(0, TOP_FINDINGS).map(({ fingerprint }) => fingerprint),
    facts: {
      namespaces: objects.namespaces.length,
      nodes: objects.nodes.length,
      pods: objects.pods.length,
      workloads: objects.workloads.filter(
        ({ metadata }) => !metadata.ownerReferences.some(({ controller }) => controller),
      ).length,
      serviceAccounts: objects.serviceAccounts.length,
      roles: objects.roles.length + objects.clusterRoles.length,
      bindings: objects.roleBindings.length + objects.clusterRoleBindings.length,
    },
    assumptions: [...snapshot.assumptions],
    skipped: snapshot.skipped.map((entry) => ({ ...entry })),
    coverage: snapshot.coverage.map(({ group, resource, kind, namespace, state, reason, objects: count }) => ({
      group,
      resource,
      kind,
      ...(namespace === undefined ? {} : { namespace }),
      state,
      ...(reason === undefined ? {} : { reason }),
      objects: count,
    })),
  };
  return { summary, findings, access };
}

/** Subjects by worst severity, `none` for those without a risk; Kubernetes' own are left out. */
export function countSubjects(analysis: AccessAnalysis): ReadonlyMap<Severity | "none", number> {
  const counts = new Map<Severity | "none", number>();
  analysis.model.subjects.forEach((_, id) => {
    if (isSystemSubject(analysis, id)) return;
    const key = severityOf(analysis, id) ?? "none";
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return counts;
}

/** Topics of which a scan could not read every fact: what it did not find there may still be so. */
export function unreadTopics({ topics }: ScanSummary): readonly Topic[] {
  return topics.filter(({ completeness }) => (completeness?.gaps.length ?? 0) > 0).map(({ topic }) => topic);
}

function accessTopic(analysis: AccessAnalysis): TopicStateView {
  const counts = countSubjects(analysis);
  const { completeness } = analysis;
  const worst = SEVERITIES.find((severity) => counts.has(severity));
  const incomplete = completeness.gaps.length > 0;
  return {
    topic: "access",
    mark: worst ?? (incomplete ? "unknown" : "pass"),
    sentence: accessSentence(analysis),
    counts: [
      ...SEVERITIES.map((mark) => ({ mark, count: counts.get(mark) ?? 0 })),
      { mark: incomplete ? ("unknown" as const) : ("pass" as const), count: counts.get("none") ?? 0 },
    ].filter(({ count }) => count > 0),
    completeness,
  };
}

function unbuiltTopic(topic: (typeof TOPICS)[number]): TopicStateView {
  return {
    topic,
    mark: "not-built",
    sentence: "Kordon does not answer this topic yet",
    counts: [],
    completeness: null,
  };
}

/** Verdict of the access topic: how many can take over the cluster, and what is not known. */
export function accessSentence(analysis: AccessAnalysis): string {
  const counts = countSubjects(analysis);
  const critical = counts.get("critical") ?? 0;
  const high = counts.get("high") ?? 0;
  const medium = counts.get("medium") ?? 0;
  const unread = analysis.completeness.gaps.length > 0;
  if (critical > 0) return `${countOf(critical, "subject")} can take over the cluster`;
  if (high > 0)
    return `${countOf(high, "subject")} can take over a namespace, none the cluster${unread ? " as far as could be read" : ""}`;
  if (medium > 0)
    return `${countOf(medium, "subject")} can reach further inside a namespace, none can take one over${unread ? " as far as could be read" : ""}`;
  return unread
    ? "Not known: some roles or bindings could not be read"
    : "Nobody beyond Kubernetes' own components can escalate in the known ways";
}

function overviewSentence(analysis: AccessAnalysis, findings: readonly Finding[]): string {
  const critical = findings.filter(({ severity }) => severity === "critical");
  const subjects = new Set(critical.map(({ subject }) => subject));
  if (subjects.size === 0) return accessSentence(analysis);
  const [only] = critical;
  const subject = analysis.model.subjects.find(
    (candidate) => subjects.size === 1 && formatSubject(candidate) === only?.subject,
  );
  if (subjects.size === 1 && subject) return `${subjectLabel(subject)} can take over the cluster`;
  const cuts = new Set(
    critical
      .map(({ chain }) => chain.find(({ tone }) => tone === "cut"))
      .filter((hop) => hop !== undefined)
      .map(({ label, title }) => `${label} ${title}`),
  );
  return `${countOf(subjects.size, "subject")} can take over the cluster, through ${countOf(cuts.size, "binding")}`;
}
