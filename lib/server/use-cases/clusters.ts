import { countOf, listOf } from "../../analysis/words.ts";
import { parseStrictKubeconfig, type StrictContext } from "../../collector/kubeconfig/strict-kubeconfig.ts";
import { readerClusterRole } from "../../collector/rights/reader-cluster-role.ts";
import { KORDON_VERSION } from "../../config/version.ts";
import type { AddCluster, ClusterDetail, ClusterSummary, Fleet, Meta, Sources } from "../../contracts/clusters.ts";
import type { Mark } from "../../contracts/common.ts";
import type { Job } from "../../contracts/jobs.ts";
import { hashOfCa, sealCredential } from "../../credentials/seal.ts";
import { AppError } from "../../model/app-error.ts";
import { TOPICS } from "../../model/topics.ts";
import { compareText } from "../../model/subject-name.ts";
import type { ClusterRecord, JobRecord, StoredFinding } from "../../store/index.ts";
import {
  SOURCES_DOCUMENT,
  sourcesDocumentSchema,
  WORKER_DOCUMENT,
  WORKER_SILENCE_MS,
  workerDocumentSchema,
} from "../../worker/documents.ts";
import type { Actor } from "../actor.ts";
import type { ServerContext } from "../context.ts";
import { clusterView, isoTime, jobView, summaryOf } from "./cluster-view.ts";

const TREND_SCANS = 30;
const SHOWN_SCANS = 50;
const TOP_RISKS = 5;
const MARK_ORDER: readonly Mark[] = ["critical", "high", "medium", "low", "unknown", "pass", "not-built"];

/** Every cluster the actor may see, worst first. */
export async function getFleet(_actor: Actor, { store }: ServerContext): Promise<Fleet> {
  const [records, states, jobs] = await Promise.all([
    store.listClusters(),
    store.listClusterStates(TREND_SCANS),
    store.listActiveJobs(),
  ]);
  const clusters = records
    .map((cluster) => clusterView(cluster, states.get(cluster.id) ?? NO_SCANS, scanJobOf(cluster.id, jobs)))
    .sort((a, b) => MARK_ORDER.indexOf(a.worst) - MARK_ORDER.indexOf(b.worst) || compareText(a.name, b.name));
  return { sentence: fleetSentence(clusters), context: fleetContext(clusters), clusters };
}

const NO_SCANS = { latest: null, latestComplete: null, trend: [] };

function fleetSentence(clusters: readonly ClusterSummary[]): string {
  if (clusters.length === 0) return "No cluster yet";
  const scanned = clusters.filter(({ lastScan }) => lastScan !== null);
  if (scanned.length === 0) return `${countOf(clusters.length, "cluster")}, none scanned yet`;
  const critical = scanned.filter(({ worst }) => worst === "critical").length;
  if (critical > 0) return `${critical} of ${countOf(clusters.length, "cluster")} can be taken over from inside`;
  const high = scanned.filter(({ worst }) => worst === "high").length;
  const partly = scanned.some(({ topics }) => topics.some(({ completeness }) => (completeness?.gaps.length ?? 0) > 0));
  const unscanned = clusters.length - scanned.length;
  const doubt = partly || unscanned > 0;
  if (high > 0) {
    const none = doubt ? "no critical one is known" : "none a critical one";
    return `${high} of ${countOf(clusters.length, "cluster")} ${high === 1 ? "has" : "have"} a high risk, ${none}`;
  }
  const unknown = scanned.filter(({ worst }) => worst === "unknown").length + unscanned;
  if (unknown > 0) return `${unknown} of ${countOf(clusters.length, "cluster")} could not be judged completely`;
  return `No high risk ${partly ? "is known " : ""}in ${countOf(scanned.length, "cluster")}`;
}

function fleetContext(clusters: readonly ClusterSummary[]): string {
  if (clusters.length === 0) return "Add one from your kubeconfig, or paste a kubeconfig.";
  const named = (state: ClusterSummary["state"]) =>
    clusters.filter((cluster) => cluster.state === state).map(({ name }) => name);
  const failing = named("failing");
  const failed = named("failed");
  const parts = [`Worst first, by access; the other ${TOPICS.length - 1} topics are not looked at by this version.`];
  if (failing.length > 0) parts.push(`The last scan of ${listOf(failing)} failed; the last good one is shown.`);
  if (failed.length > 0) parts.push(`${listOf(failed)} could not be read yet.`);
  return parts.join(" ");
}

/**
 * Who looks at a cluster looks into it next: its scan is compiled meanwhile.
 * @throws AppError `not_found`.
 */
export async function getCluster(
  _actor: Actor,
  { store, questions }: ServerContext,
  clusterId: string,
): Promise<ClusterDetail> {
  const cluster = await store.getCluster(clusterId);
  const [states, jobs] = await Promise.all([store.listClusterStates(TREND_SCANS), store.listActiveJobs()]);
  const scans = states.get(clusterId) ?? NO_SCANS;
  const view = clusterView(cluster, scans, scanJobOf(clusterId, jobs));
  const scan = scans.latestComplete;
  const summary = summaryOf(scan);
  if (!scan || !summary) return { type: "unscanned", cluster: view };
  questions.prepare(scan.id);
  const [findings, changes] = await Promise.all([
    store.listFindings(clusterId, scan.sequence),
    store.countFindingChanges(clusterId, scan.sequence),
  ]);
  const previous = scans.trend.filter(({ sequence }) => sequence < scan.sequence).at(-1);
  const byFingerprint = new Map(findings.map((stored) => [stored.finding.fingerprint, stored]));
  const seen = new Set<string>();
  const top = summary.topFindings
    .flatMap((fingerprint) => byFingerprint.get(fingerprint) ?? [])
    .filter(({ finding }) => !seen.has(finding.subject ?? "") && seen.add(finding.subject ?? ""));
  const unverified = findings.filter(({ verified }) => !verified);
  const riskView = ({ finding, firstSeenAt, firstScanSequence }: StoredFinding) => ({
    fingerprint: finding.fingerprint,
    severity: finding.severity,
    sentence: finding.sentence,
    chain: finding.chain.map((hop) => ({ ...hop })),
    subject: finding.subject ?? "",
    firstSeenAt: isoTime(firstSeenAt),
    isNew: previous !== undefined && firstScanSequence === scan.sequence,
  });
  return {
    type: "scanned",
    overview: {
      cluster: view,
      sentence: summary.sentence,
      facts: summary.facts,
      topRisks: top.slice(0, TOP_RISKS).map(riskView),
      unverified: { count: unverified.length, risks: unverified.slice(0, TOP_RISKS).map(riskView) },
      findings: scan.findings ?? { critical: 0, high: 0, medium: 0, low: 0 },
      changes: previous
        ? { comparedWith: isoTime(previous.finishedAt), added: changes.opened, fixed: changes.closed }
        : null,
      assumptions: summary.assumptions,
      skipped: summary.skipped,
      coverage: summary.coverage,
    },
  };
}

/** @throws AppError `not_found`. */
export async function listScans(_actor: Actor, { store }: ServerContext, clusterId: string) {
  await store.getCluster(clusterId);
  const scans = await store.listScans(clusterId, { limit: SHOWN_SCANS });
  return {
    scans: scans.map(({ id, sequence, state, startedAt, finishedAt, findings, error }) => ({
      id,
      sequence,
      state,
      startedAt: isoTime(startedAt),
      finishedAt: isoTime(finishedAt),
      durationMs: finishedAt - startedAt,
      findings,
      error: error ? { ...error, at: isoTime(finishedAt) } : null,
    })),
  };
}

/**
 * Adds a cluster and asks for its first scan. A pasted kubeconfig is parsed strictly and its credential sealed to the worker's key
 * before anything is stored.
 * @throws AppError `invalid_kubeconfig` with position, `invalid_input`, `unavailable` without a worker.
 */
export async function addCluster(
  _actor: Actor,
  context: ServerContext,
  input: AddCluster,
): Promise<{ clusterId: string; job: Job }> {
  const { store } = context;
  const cluster = await createRecord(context, input);
  const job = await store.enqueueJob({ kind: "scan", clusterId: cluster.id, requestedAt: Date.now() });
  return { clusterId: cluster.id, job: jobView(job) };
}

async function createRecord(context: ServerContext, input: AddCluster): Promise<ClusterRecord> {
  const { store } = context;
  const createdAt = Date.now();
  if (input.type === "in-cluster")
    return store.createCluster({ name: input.name, source: { type: "in-cluster" }, createdAt });
  if (input.type === "kubeconfig-context") {
    const { contexts } = await getSources(null, context);
    const found = contexts.find(({ name }) => name === input.context);
    if (!found)
      throw new AppError("invalid_input", "The worker's kubeconfig has no such context", {
        position: { field: "context" },
      });
    return store.createCluster({
      name: input.name,
      source: { type: "kubeconfig-context", context: input.context, server: found.server },
      createdAt,
    });
  }
  const { credential } = chosenContext(parseStrictKubeconfig(input.kubeconfig), input.context);
  const worker = await readWorkerDocument(context);
  if (!worker)
    throw new AppError("unavailable", "No worker has started yet: there is nobody to seal the credential to", {
      hint: "Start the worker, then add the cluster again.",
    });
  const caHash = hashOfCa(credential.caData);
  const { server, tlsServerName } = credential;
  const cluster = await store.createCluster({
    name: input.name,
    source: { type: "credential", server, caHash, ...(tlsServerName === undefined ? {} : { tlsServerName }) },
    createdAt,
  });
  const binding = { clusterId: cluster.id, server, caHash, tlsServerName: tlsServerName ?? "" };
  await store.saveCredential(cluster.id, await sealCredential(credential, binding, worker.publicJwk));
  return cluster;
}

function chosenContext(
  { contexts, currentContext }: ReturnType<typeof parseStrictKubeconfig>,
  wanted: string | undefined,
): StrictContext {
  const name = wanted ?? currentContext ?? (contexts.length === 1 ? contexts[0]?.name : undefined);
  const found = contexts.find((context) => context.name === name);
  if (found) return found;
  throw new AppError(
    "invalid_kubeconfig",
    name === undefined
      ? "The kubeconfig has several contexts and no current one"
      : "The kubeconfig has no such context",
    {
      position: { field: "current-context" },
      hint: `Choose one of: ${listOf(
        contexts.map((context) => context.name),
        10,
      )}.`,
    },
  );
}

/** Parses a pasted kubeconfig without storing anything. @throws AppError `invalid_kubeconfig` with position. */
export function checkKubeconfig(kubeconfig: string) {
  const { contexts, currentContext } = parseStrictKubeconfig(kubeconfig);
  return {
    currentContext: currentContext ?? null,
    contexts: contexts.map(({ name, credential }) => ({
      name,
      server: credential.server,
      authKind: credential.token === undefined ? ("certificate" as const) : ("token" as const),
    })),
  };
}

export async function renameCluster(
  actor: Actor,
  context: ServerContext,
  clusterId: string,
  name: string,
): Promise<ClusterDetail> {
  await context.store.getCluster(clusterId);
  await context.store.renameCluster(clusterId, name);
  return getCluster(actor, context, clusterId);
}

export async function removeCluster(_actor: Actor, { store }: ServerContext, clusterId: string): Promise<void> {
  await store.getCluster(clusterId);
  await store.deleteCluster(clusterId);
}

/** @throws AppError `not_found`, `conflict` when a scan runs already. */
export async function requestJob(
  _actor: Actor,
  { store }: ServerContext,
  kind: JobRecord["kind"],
  clusterId: string | null,
): Promise<Job> {
  if (clusterId !== null) await store.getCluster(clusterId);
  return jobView(await store.enqueueJob({ kind, clusterId, requestedAt: Date.now() }));
}

export async function getJob(_actor: Actor, { store }: ServerContext, jobId: string): Promise<Job> {
  return jobView(await store.getJob(jobId));
}

/** What the worker found to add: contexts of its kubeconfig, its own service account. */
export async function getSources(_actor: Actor | null, { store }: ServerContext): Promise<Sources> {
  const document = await store.findDocument(SOURCES_DOCUMENT);
  if (!document) return { contexts: [], kubeconfigFiles: [], problem: null, inCluster: false, refreshedAt: null };
  const { contexts, ...rest } = sourcesDocumentSchema.parse(JSON.parse(document.json));
  const added = new Set(
    (await store.listClusters()).flatMap(({ source }) =>
      source.type === "kubeconfig-context" ? [source.context] : [],
    ),
  );
  return {
    ...rest,
    contexts: contexts.map((context) => ({ ...context, added: added.has(context.name) })),
    refreshedAt: isoTime(document.updatedAt),
  };
}

export function getReaderRole(): { yaml: string } {
  return { yaml: readerClusterRole(TOPICS) };
}

export async function getMeta(_actor: Actor, context: ServerContext): Promise<Meta> {
  const { store } = context;
  const [document, clusters] = await Promise.all([store.findDocument(WORKER_DOCUMENT), store.listClusters()]);
  const worker = await readWorkerDocument(context);
  return {
    version: KORDON_VERSION,
    worker: {
      alive: document !== null && Date.now() - document.updatedAt < WORKER_SILENCE_MS,
      lastSeenAt: document ? isoTime(document.updatedAt) : null,
    },
    demo: clusters.some(({ source }) => source.type === "demo"),
    allowedNetworks: worker?.allowedNetworks ?? [],
  };
}

async function readWorkerDocument({ store }: ServerContext) {
  const document = await store.findDocument(WORKER_DOCUMENT);
  return document ? workerDocumentSchema.parse(JSON.parse(document.json)) : null;
}

function scanJobOf(clusterId: string, jobs: readonly JobRecord[]): JobRecord | null {
  return jobs.find((job) => job.clusterId === clusterId && job.kind === "scan") ?? null;
}
