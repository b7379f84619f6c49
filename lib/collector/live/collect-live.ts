import type { CoverageEntry } from "#lib/model/coverage.ts";
import type { KindDefinition } from "#lib/model/kinds.ts";
import type { ClusterSnapshot, ServerVersion } from "#lib/model/snapshot.ts";
import type { ClusterConnection } from "../connection/connection.ts";
import type { JsonRecord } from "../project/values.ts";
import type { Discovery } from "./discovery.ts";
import type { Clock, CollectLimits } from "./limits.ts";
import type { CollectProgress, Scan } from "./scan.ts";
import { AppError } from "#lib/model/app-error.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { SNAPSHOT_FORMAT_VERSION } from "#lib/model/snapshot.ts";
import { fieldOf } from "../project/values.ts";
import { collectKind, stateOfFailure } from "./collect-kind.ts";
import { discover } from "./discovery.ts";
import { RequestFailure, toAppError } from "./failure.ts";
import { DEFAULT_COLLECT_LIMITS, systemClock } from "./limits.ts";
import { startScan } from "./scan.ts";

export interface CollectLiveOptions {
  readonly clusterName: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CollectProgress) => void;
  readonly limits?: Partial<CollectLimits>;
  /** Objects asked for at once; 500 when absent. */
  readonly pageSize?: number;
  readonly clock?: Clock;
}

/**
 * Reads a whole cluster with GET requests only, page by page, at most four at a time. What cannot be read becomes a
 * coverage entry and never an error, with these exceptions:
 * @throws AppError `cluster_unreachable`, `cluster_timeout` or `cluster_bad_response` when the first request already
 *         fails; `cluster_unauthorized` as soon as the credential is not accepted; `cluster_forbidden` when not a
 *         single kind may be read; `cancelled` when the signal is aborted. Nothing is half returned.
 */
export async function collectLive(
  connection: ClusterConnection,
  options: CollectLiveOptions,
): Promise<ClusterSnapshot> {
  const { clusterName, signal = new AbortController().signal, pageSize = 500, clock = systemClock } = options;
  const startedAt = performance.now();
  const collectedAt = new Date(clock.now()).toISOString();
  const scan = startScan(connection, {
    signal,
    pageSize,
    clock,
    limits: { ...DEFAULT_COLLECT_LIMITS, ...options.limits },
  });
  const report = reporter(scan, options.onProgress);
  try {
    report("connect");
    const version = await readVersion(scan);
    report("discover");
    const discovery = await discover((path, accept) => scan.get(path, accept));
    const serviceAccountIssuer = await readIssuer(scan);
    const coverage = await collectKinds(scan, discovery, report);
    requireSomething(coverage);
    report("done");
    return {
      formatVersion: SNAPSHOT_FORMAT_VERSION,
      clusterName,
      source: {
        type: "live",
        ...(connection.context === undefined ? {} : { context: connection.context }),
        server: connection.server,
      },
      collectedAt,
      durationMs: Math.round(performance.now() - startedAt),
      version,
      apiResources: discovery.apiResources,
      apiServer: { ...(serviceAccountIssuer === undefined ? {} : { serviceAccountIssuer }), ...scan.client.handshake },
      coverage: [...coverage, ...discoveryCoverage(discovery)],
      skipped: [],
      assumptions: [],
      objects: scan.table.build(),
    };
  } catch (error) {
    scan.stop();
    if (signal.aborted) throw new AppError("cancelled", "The scan was cancelled.", { cause: error });
    throw error instanceof RequestFailure ? toAppError(error) : error;
  } finally {
    await scan.close();
  }
}

type Report = (phase: CollectProgress["phase"], kind?: string) => void;

function reporter(scan: Scan, onProgress: CollectLiveOptions["onProgress"]): Report {
  let kindsDone = 0;
  return (phase, kind) => {
    if (kind !== undefined) kindsDone += 1;
    onProgress?.({
      phase,
      ...(kind === undefined ? {} : { kind }),
      objects: scan.objects,
      kindsDone,
      kindsTotal: KIND_DEFINITIONS.length,
      requests: scan.client.requests,
      bytes: scan.client.bytes,
    });
  };
}

/** Namespaces first, since other kinds may have to be read namespace by namespace; then all others, a few at a time. */
async function collectKinds(scan: Scan, discovery: Discovery, report: Report): Promise<readonly CoverageEntry[]> {
  const results = new Map<KindDefinition, readonly CoverageEntry[]>();
  const collect = async (definition: KindDefinition, namespaces: readonly string[]): Promise<void> => {
    results.set(definition, await collectKind(scan, definition, discovery, namespaces));
    report("collect", definition.kind);
  };
  const first = KIND_DEFINITIONS.filter(({ collection }) => collection === "namespaces");
  for (const definition of first) await collect(definition, []);
  const namespaces = [...scan.table.of("namespaces")].map(({ metadata }) => metadata.name).sort();
  const waiting = KIND_DEFINITIONS.filter((definition) => !first.includes(definition));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await collect(next, namespaces);
  };
  try {
    // Each worker has one request in flight, so this is the number of requests the server sees at once.
    await Promise.all(Array.from({ length: scan.limits.parallel }, work));
  } catch (error) {
    waiting.length = 0;
    scan.stop();
    throw error;
  }
  return KIND_DEFINITIONS.flatMap((definition) => results.get(definition) ?? []);
}

/** `/version`; null when the credential may not read it. The first request: a server that cannot be used fails here. */
async function readVersion(scan: Scan): Promise<ServerVersion | null> {
  try {
    return parseVersion(await scan.get("/version"));
  } catch (error) {
    const isReadable =
      error instanceof RequestFailure && (error.reason === "forbidden" || error.reason === "not-served");
    if (isReadable) return null;
    throw error;
  }
}

/** The fields of the model that are text; null when there is no version among them. */
export function parseVersion(body: JsonRecord): ServerVersion | null {
  const text = (key: string): string | undefined => {
    const value = fieldOf(body, key);
    return typeof value === "string" && value !== "" && value.length <= 256 ? value : undefined;
  };
  const gitVersion = text("gitVersion");
  if (gitVersion === undefined) return null;
  const optional = (
    [
      "emulationMajor",
      "emulationMinor",
      "minCompatibilityMajor",
      "minCompatibilityMinor",
      "platform",
      "buildDate",
    ] as const
  )
    .map((key) => [key, text(key)] as const)
    .filter(([, value]) => value !== undefined);
  return { gitVersion, major: text("major") ?? "", minor: text("minor") ?? "", ...Object.fromEntries(optional) };
}

/** Undefined when the document may not be read or has no issuer: it is evidence, not a condition. */
async function readIssuer(scan: Scan): Promise<string | undefined> {
  try {
    const issuer = fieldOf(await scan.get("/.well-known/openid-configuration"), "issuer");
    return typeof issuer === "string" && issuer.length <= 2048 ? issuer : undefined;
  } catch (error) {
    if (error instanceof RequestFailure && error.reason !== "unauthorized") return undefined;
    throw error;
  }
}

/** A gap for discovery itself, so that an empty list of resources is never taken for a cluster without any. */
function discoveryCoverage({ failure, apiResources }: Discovery): readonly CoverageEntry[] {
  if (failure === undefined) return [];
  const facts = stateOfFailure(failure, apiResources.length > 0);
  const state = facts.state === "absent" ? "unavailable" : facts.state;
  return [
    { group: "", resource: "apiresources", kind: "APIResourceList", ...facts, state, objects: apiResources.length },
  ];
}

/** A scan that read nothing must not replace one that did. */
function requireSomething(coverage: readonly CoverageEntry[]): void {
  if (coverage.some(({ state }) => state === "complete" || state === "partial")) return;
  const failed =
    coverage.find(({ state }) => state === "forbidden") ?? coverage.find(({ state }) => state === "unavailable");
  throw toAppError(new RequestFailure(failed?.reason ?? "bad-response"));
}
