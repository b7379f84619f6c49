import { analyzeSnapshot, unreadTopics } from "../analysis/summary.ts";
import { collectLive, loadManifests } from "../collector/index.ts";
import type { Config } from "../config/config.ts";
import type { ProgressView } from "../contracts/jobs.ts";
import { makeDemoSnapshot } from "../demo/index.ts";
import type { ClusterSnapshot } from "../model/snapshot.ts";
import { encodeSnapshot, readSnapshotFile } from "../snapshot/index.ts";
import { uuidV7, type ClusterRecord, type Store } from "../store/index.ts";
import { connectCluster } from "./connect-source.ts";
import { inPhase, WAITING } from "./progress.ts";

/** Daily scans that a new demo cluster comes with, the newest one included. */
const DEMO_DAYS = 10;

export interface ScanOptions {
  readonly config: Config;
  readonly store: Store;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ProgressView) => void;
}

/**
 * Reads a cluster from its source, runs the engines and saves everything as one complete scan. Nothing is saved when it fails.
 * @throws AppError of the source, or `cancelled`.
 */
export async function runScan(cluster: ClusterRecord, options: ScanOptions): Promise<void> {
  const { store, onProgress } = options;
  if (cluster.source.type === "demo") return runDemoScan(cluster, cluster.source.name, options);
  const startedAt = Date.now();
  let progress = inPhase("connecting");
  onProgress(progress);
  const snapshot = await takeSnapshot(cluster, options, (next) => onProgress((progress = next)));
  onProgress((progress = inPhase("analysing", progress)));
  await saveSnapshot(cluster, snapshot, startedAt, Date.now, store, () => onProgress(inPhase("saving", progress)));
}

async function takeSnapshot(
  cluster: ClusterRecord,
  { store, config, signal }: ScanOptions,
  onProgress: (progress: ProgressView) => void,
): Promise<ClusterSnapshot> {
  const { source } = cluster;
  if (source.type === "manifests")
    return loadManifests(
      source.paths.map((path) => ({ path })),
      { clusterName: cluster.name, now: new Date(), namespace: source.namespace },
    );
  if (source.type === "snapshot") return readSnapshotFile(source.path);
  const connection = await connectCluster(cluster, store, config);
  return collectLive(connection, {
    clusterName: cluster.name,
    signal,
    onProgress: ({ phase, kind, objects, kindsDone, kindsTotal }) =>
      onProgress({
        phase: phase === "collect" ? "collecting" : "connecting",
        kind: kind ?? null,
        objects,
        kindsDone,
        kindsTotal,
      }),
  });
}

/** A new demo cluster gets its history first, one scan a day; later scans only the state of now. */
async function runDemoScan(
  cluster: ClusterRecord,
  name: string,
  { store, signal, onProgress }: ScanOptions,
): Promise<void> {
  const isNew = (await store.findLatestScan(cluster.id, "complete")) === null;
  const now = new Date();
  const days = isNew ? DEMO_DAYS : 1;
  for (let step = 0; step < days; step += 1) {
    signal.throwIfAborted();
    const day = step + 1 - days;
    onProgress({ ...WAITING, phase: isNew ? "history" : "collecting", kindsDone: step, kindsTotal: days });
    const snapshot = makeDemoSnapshot(name, { now, day });
    const startedAt = Date.parse(snapshot.collectedAt);
    await saveSnapshot(cluster, snapshot, startedAt, () => startedAt + snapshot.durationMs, store);
    // Lets the thread hear an abort between two days.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function saveSnapshot(
  { id: clusterId }: ClusterRecord,
  snapshot: ClusterSnapshot,
  startedAt: number,
  finishedAt: () => number,
  store: Store,
  onSaving: () => void = () => undefined,
): Promise<void> {
  const { summary, findings } = analyzeSnapshot(snapshot);
  const { header, chunks } = encodeSnapshot(snapshot);
  onSaving();
  await store.saveScan({
    id: uuidV7(),
    clusterId,
    startedAt,
    finishedAt: finishedAt(),
    content: { header, chunks, results: new Map([["summary", JSON.stringify(summary)]]) },
    summary: JSON.stringify(summary),
    findings,
    unreadTopics: unreadTopics(summary),
  });
}
