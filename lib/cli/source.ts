import { existsSync } from "node:fs";
import { collectLive, connectInCluster, connectKubeconfigContext, loadManifests } from "../collector/index.ts";
import type { ClusterConnection, CollectProgress } from "../collector/index.ts";
import { DEMO_CLUSTERS, makeDemoSnapshot } from "../demo/index.ts";
import type { ClusterSnapshot } from "../model/snapshot.ts";
import { readSnapshotFile } from "../snapshot/index.ts";
import { usageError } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

export interface SourceValues {
  readonly manifests?: readonly string[] | undefined;
  readonly "manifests-namespace"?: string | undefined;
  readonly snapshot?: string | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly "in-cluster"?: boolean | undefined;
  readonly demo?: string | undefined;
}

/**
 * Whether a bare argument after `--manifests` is a further path: standard input, something that exists, or what can be nothing else,
 * so that a mistyped file is not taken for a verb and answered with "no".
 */
export function isManifestPath(text: string): boolean {
  return text === "-" || existsSync(text) || /\/|\.(?:ya?ml|json)$/i.test(text);
}

/**
 * Reads the one source that the options name. Progress of a live cluster goes to the terminal.
 * @throws AppError `invalid_input` for none or several sources, and whatever the source throws.
 */
export async function readSource(values: SourceValues, terminal: Terminal): Promise<ClusterSnapshot> {
  const chosen = (["manifests", "snapshot", "context", "in-cluster", "demo"] as const).filter(
    (name) => values[name] !== undefined && values[name] !== false,
  );
  if (chosen.length !== 1) {
    throw usageError(
      chosen.length === 0
        ? "No source: give --manifests, --snapshot, --context, --in-cluster or --demo"
        : `More than one source: ${chosen.map((name) => `--${name}`).join(", ")}`,
    );
  }
  const namespace = manifestsNamespace(values);
  if (values.manifests) {
    const inputs = values.manifests.map((path) => (path === "-" ? { stdin: terminal.stdin } : { path }));
    return loadManifests(inputs, { clusterName: values.manifests.join(", "), now: new Date(), namespace });
  }
  if (values.snapshot !== undefined) return readSnapshotFile(values.snapshot, terminal.stdin);
  if (values.demo !== undefined) {
    const name = values.demo;
    if (!DEMO_CLUSTERS.some((cluster) => cluster.name === name))
      throw usageError(
        `No demo cluster ${JSON.stringify(name)}: there are ${DEMO_CLUSTERS.map((cluster) => cluster.name).join(", ")}`,
      );
    return makeDemoSnapshot(name, { now: new Date(), day: 0 });
  }
  const connection = await connectSource(values);
  const stop = new AbortController();
  const release = terminal.onInterrupt(() => stop.abort());
  try {
    return await collectLive(connection, {
      clusterName: values.context ?? "in-cluster",
      signal: stop.signal,
      onProgress: (progress) => terminal.progress(progressLine(progress)),
    });
  } finally {
    terminal.progress("");
    release();
  }
}

/** Where manifests go that name no namespace. @throws AppError `invalid_input` without manifests, and for what is no name. */
export function manifestsNamespace(
  values: Pick<SourceValues, "manifests" | "manifests-namespace">,
): string | undefined {
  const namespace = values["manifests-namespace"];
  if (namespace === undefined) return undefined;
  if (!values.manifests) throw usageError("--manifests-namespace is for --manifests");
  if (!/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace))
    throw usageError(`${JSON.stringify(namespace)} is no name of a namespace`);
  return namespace;
}

/** A connection to the API server that `--context` or `--in-cluster` names. @throws AppError of the connectors. */
export function connectSource({ context, kubeconfig }: SourceValues): Promise<ClusterConnection> {
  if (context === undefined) return connectInCluster();
  return connectKubeconfigContext(kubeconfig === undefined ? [] : [kubeconfig], context);
}

function progressLine({ phase, kind, objects, kindsDone, kindsTotal }: CollectProgress): string {
  if (phase !== "collect") return phase === "done" ? "" : "Connecting …";
  return `Reading ${kind ?? "kinds"} · ${kindsDone} of ${kindsTotal} kinds · ${objects.toLocaleString("en-US")} objects`;
}
