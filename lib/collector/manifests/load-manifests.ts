import type { CoverageEntry } from "#lib/model/coverage.ts";
import type { KindDefinition } from "#lib/model/kinds.ts";
import type { ClusterSnapshot, SkippedKind } from "#lib/model/snapshot.ts";
import type { ObjectTable } from "../object-table.ts";
import type { ProjectionContext } from "../project/metadata.ts";
import type { ManifestObject } from "./flatten.ts";
import type { ManifestInput } from "./read-inputs.ts";
import type { TokenSecrets } from "./token-secrets.ts";
import { AppError } from "#lib/model/app-error.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { SNAPSHOT_FORMAT_VERSION } from "#lib/model/snapshot.ts";
import { createObjectTable } from "../object-table.ts";
import { createInterner } from "../project/interner.ts";
import { projectObject } from "../project/project-object.ts";
import { InvalidObject, optionalText, recordOf } from "../project/values.ts";
import { assumedApiResources, completeInput } from "./complete-input.ts";
import { flattenDocument, splitApiVersion } from "./flatten.ts";
import { parseDocuments } from "./parse-documents.ts";
import { readInputs } from "./read-inputs.ts";
import { createTokenSecrets } from "./token-secrets.ts";

/** Kinds that only a running cluster has: an input without them says nothing about them. */
const RUNTIME_KINDS: ReadonlySet<string> = new Set([
  "/Node",
  "/ConfigMap",
  "discovery.k8s.io/EndpointSlice",
  "apiregistration.k8s.io/APIService",
  "certificates.k8s.io/CertificateSigningRequest",
  "flowcontrol.apiserver.k8s.io/FlowSchema",
]);

const DEFINITIONS: ReadonlyMap<string, KindDefinition> = new Map(
  KIND_DEFINITIONS.map((definition) => [`${definition.group}/${definition.kind}`, definition]),
);

export interface LoadManifestsOptions {
  readonly clusterName: string;
  /** Stands as the time of collection. */
  readonly now: Date;
  /** Where objects go that name no namespace, as of `kubectl apply -n`. By default `default`. */
  readonly namespace?: string | undefined;
}

/**
 * A snapshot of manifests: files, directories, standard input or text; multi-document YAML, JSON, `List`s and dumps of
 * kubectl. Defaults of the API server that change a verdict are applied. Objects that an API server would refuse are
 * left out and make their kind `partial`; kinds that Kordon does not read are counted in `skipped`; what was taken for
 * granted stands in `assumptions`. Of Secrets only those that hold a token of a service account are known, by name, on
 * that account. Kinds without an object are `complete`, as the input is the whole desired state,
 * except kinds that only a running cluster has, which are `unavailable`.
 * @throws AppError `invalid_input` with file, line and column when any file cannot be read (nothing is half loaded) or
 *         when there is no Kubernetes object at all; `too_large` above the limits.
 */
export async function loadManifests(
  inputs: readonly ManifestInput[],
  { clusterName, now, namespace = "default" }: LoadManifestsOptions,
): Promise<ClusterSnapshot> {
  const startedAt = performance.now();
  const table = createObjectTable();
  const context: ProjectionContext = { interner: createInterner(), namespace };
  const tally = createTally();
  let files = 0;
  let documents = 0;
  for await (const text of readInputs(inputs)) {
    files += 1;
    for (const document of parseDocuments(text)) {
      documents += 1;
      for (const object of flattenDocument(document)) loadObject(object, table, context, tally);
    }
  }
  if (tally.objects === 0) {
    throw new AppError("invalid_input", "There is no Kubernetes object in the input.", {
      hint: "Give files, directories or standard input with manifests in YAML or JSON.",
    });
  }
  const added = completeInput(table, context, tally.secrets);
  const { apiResources, assumption } = assumedApiResources(table);
  return {
    formatVersion: SNAPSHOT_FORMAT_VERSION,
    clusterName,
    source: { type: "manifests", files, documents },
    collectedAt: now.toISOString(),
    durationMs: Math.round(performance.now() - startedAt),
    version: null,
    apiResources,
    apiServer: {},
    coverage: KIND_DEFINITIONS.map((definition) => coverageOf(definition, table, tally)),
    skipped: [...tally.skipped.values()].sort((a, b) => compare(a.apiVersion, b.apiVersion) || compare(a.kind, b.kind)),
    assumptions: [
      ...repeatedSentence(tally.repeated),
      ...unplacedSentence(tally.unplaced, namespace),
      ...added,
      assumption,
    ],
    objects: table.build(),
  };
}

/** Counts of one run. */
interface Tally {
  objects: number;
  repeated: number;
  /** Namespaced objects that name no namespace. */
  unplaced: number;
  readonly skipped: Map<string, SkippedKind>;
  /** Objects left out, by `group/kind`. */
  readonly invalid: Map<string, number>;
  readonly secrets: TokenSecrets;
}

function createTally(): Tally {
  return {
    objects: 0,
    repeated: 0,
    unplaced: 0,
    skipped: new Map(),
    invalid: new Map(),
    secrets: createTokenSecrets(),
  };
}

function loadObject(entry: ManifestObject, table: ObjectTable, context: ProjectionContext, tally: Tally): void {
  const { group, version } = splitApiVersion(entry.apiVersion);
  const key = `${group}/${entry.kind}`;
  const definition = DEFINITIONS.get(key);
  if (entry.kind !== "" && entry.apiVersion !== "") tally.objects += 1;
  if (definition === undefined) {
    if (entry.apiVersion === "v1" && entry.kind === "Secret") loadSecret(entry, context, tally);
    else countSkipped(tally, entry);
    return;
  }
  try {
    // A version that Kordon does not know may mean other fields: leaving the object out and saying so is exact.
    if (!definition.versions.includes(version)) throw new InvalidObject("apiVersion");
    const object = projectObject(definition, version, entry.object, context);
    if (object === null) return countSkipped(tally, entry);
    if (table.add(definition.collection, group, entry.kind, object)) tally.repeated += 1;
    if (definition.namespaced && isUnplaced(entry)) tally.unplaced += 1;
  } catch (error) {
    if (!(error instanceof InvalidObject)) throw error;
    tally.invalid.set(key, (tally.invalid.get(key) ?? 0) + 1);
  }
}

/** A Secret is left out unless it holds a token of a service account. */
function loadSecret(entry: ManifestObject, context: ProjectionContext, tally: Tally): void {
  const kind = tally.secrets.add(entry, context);
  if (kind === "other") return countSkipped(tally, entry);
  if (kind === "repeated-token") tally.repeated += 1;
  if (isUnplaced(entry)) tally.unplaced += 1;
}

function isUnplaced({ object }: ManifestObject): boolean {
  return optionalText(recordOf(object, "metadata"), "namespace") === undefined;
}

function countSkipped(tally: Tally, { apiVersion, kind }: ManifestObject): void {
  const key = JSON.stringify([apiVersion, kind]);
  const objects = (tally.skipped.get(key)?.objects ?? 0) + 1;
  tally.skipped.set(key, { apiVersion, kind, objects });
}

function coverageOf(
  { collection, group, kind, resource }: KindDefinition,
  table: ObjectTable,
  tally: Tally,
): CoverageEntry {
  const objects = table.countKind(collection, group, kind);
  const entry = { group, resource, kind, objects } as const;
  const invalid = tally.invalid.get(`${group}/${kind}`);
  if (invalid !== undefined) {
    return { ...entry, state: "partial", reason: "invalid-objects", detail: `${invalid} left out` };
  }
  if (objects > 0) return { ...entry, state: "complete" };
  const isRuntime = RUNTIME_KINDS.has(`${group}/${kind}`);
  return { ...entry, state: isRuntime ? "unavailable" : "complete", reason: "not-in-input" };
}

function repeatedSentence(repeated: number): readonly string[] {
  if (repeated === 0) return [];
  const objects = repeated === 1 ? "1 object occurs" : `${repeated} objects occur`;
  return [`${objects} more than once in the input; the last one counts.`];
}

function unplacedSentence(unplaced: number, namespace: string): readonly string[] {
  if (unplaced === 0) return [];
  const objects =
    unplaced === 1 ? "1 object that names no namespace is" : `${unplaced} objects that name no namespace are`;
  return [`${objects} taken to be in ${namespace}.`];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
