import type { CoverageEntry, CoverageState } from "#lib/model/coverage.ts";
import type { KindDefinition } from "#lib/model/kinds.ts";
import type { JsonRecord } from "../project/values.ts";
import type { Discovery } from "./discovery.ts";
import type { ListResult } from "./list-kind.ts";
import type { Scan } from "./scan.ts";
import { projectObject } from "../project/project-object.ts";
import { InvalidObject } from "../project/values.ts";
import { RequestFailure } from "./failure.ts";
import { listKind } from "./list-kind.ts";

/** Namespaces that refuse a kind in a row, without any that allows it, after which the others are not asked. */
const MAX_REFUSALS_IN_A_ROW = 25;

/**
 * Reads every object of one kind into the scan's table and says how completely. A namespaced kind that may not be
 * listed across the cluster is read namespace by namespace, with one entry for each.
 * Rejects only when the credential is not accepted any more or the scan was cancelled.
 * @param namespaces  Known namespaces; empty when they could not be read.
 */
export async function collectKind(
  scan: Scan,
  definition: KindDefinition,
  discovery: Discovery,
  namespaces: readonly string[],
): Promise<readonly CoverageEntry[]> {
  const version = servedVersion(definition, discovery);
  if (version === undefined) return [entryOf(definition, scan, { state: "absent", reason: "not-served", objects: 0 })];
  if (version === null) {
    return [
      entryOf(definition, scan, { state: "unavailable", reason: "not-served", detail: "unknown version", objects: 0 }),
    ];
  }
  if (definition.onlyNames !== undefined) return [await collectNamed(scan, definition, version)];
  const whole = contradict(await collectList(scan, definition, version, undefined), definition, discovery);
  if (whole.state !== "forbidden" || !definition.namespaced || namespaces.length === 0) return [whole];
  return collectByNamespace(scan, definition, version, namespaces, whole);
}

/** The version to read: undefined when the kind is not served, null when only versions that Kordon does not know are. */
function servedVersion(definition: KindDefinition, discovery: Discovery): string | undefined | null {
  const { group, resource, versions } = definition;
  const served = discovery.apiResources.filter((entry) => entry.group === group && entry.resource === resource);
  const known = versions.find((version) => served.some((entry) => entry.version === version));
  if (known !== undefined) return known;
  // What discovery could not tell is asked for: the answer to the list is the truth.
  const isUnread = versions.some((version) => discovery.unread.has(`${group}/${version}`));
  if (!discovery.hasGroups || isUnread) return versions[0];
  return served.length > 0 ? null : undefined;
}

/** "Not found" for a kind that discovery lists is a fault of the server, not a cluster without the kind. */
function contradict(entry: CoverageEntry, { group, resource }: KindDefinition, discovery: Discovery): CoverageEntry {
  const isListed = discovery.apiResources.some((other) => other.group === group && other.resource === resource);
  return entry.state === "absent" && isListed ? { ...entry, state: "unavailable" } : entry;
}

function collectionPath(definition: KindDefinition, version: string, namespace: string | undefined): string {
  const root = definition.group === "" ? `/api/${version}` : `/apis/${definition.group}/${version}`;
  const part = namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${part}/${definition.resource}`;
}

async function collectList(
  scan: Scan,
  definition: KindDefinition,
  version: string,
  namespace: string | undefined,
): Promise<CoverageEntry> {
  const { collection, group, kind } = definition;
  const taken = new Set<string>();
  let invalid = 0;
  const readAt = new Date(scan.clock.now()).toISOString();
  const list = await listKind({
    path: collectionPath(definition, version, namespace),
    pageSize: scan.pageSize,
    maxPages: scan.limits.pagesPerKind,
    maxObjectBytes: scan.limits.objectBytes,
    get: (path, onBody) => scan.send({ path, onBody }),
    onItem(item) {
      const object = projectItem(scan, definition, version, item);
      if (object === null) {
        invalid += 1;
        return;
      }
      scan.table.add(collection, group, kind, object);
      taken.add(`${object.metadata.namespace ?? ""}/${object.metadata.name}`);
      scan.countObject();
    },
    onRestart() {
      // Only whole-cluster lists and single namespaces are read, so a restart forgets exactly what this list gave.
      scan.table.removeObjects(collection, group, kind, taken);
      taken.clear();
      invalid = 0;
    },
    overBudget: () => scan.overBudget(),
  });
  return entryOf(definition, scan, {
    ...stateOfList(list, invalid),
    objects: taken.size,
    readAt,
    ...(namespace === undefined ? {} : { namespace }),
    ...(list.resourceVersion === undefined ? {} : { resourceVersion: list.resourceVersion }),
  });
}

function projectItem(
  scan: Scan,
  definition: KindDefinition,
  version: string,
  item: JsonRecord,
): ReturnType<typeof projectObject> {
  try {
    return projectObject(definition, version, item, scan.context);
  } catch (error) {
    if (error instanceof InvalidObject) return null;
    throw error;
  }
}

type StateFacts = Pick<CoverageEntry, "state" | "reason" | "detail">;

function stateOfList({ problem, hasPages, tooLarge, malformed }: ListResult, invalid: number): StateFacts {
  if (problem !== undefined) return stateOfFailure(problem, hasPages);
  if (tooLarge > 0) return { state: "partial", reason: "object-too-large", detail: `${tooLarge} left out` };
  const broken = invalid + malformed;
  if (broken > 0) return { state: "partial", reason: "invalid-objects", detail: `${broken} left out` };
  return { state: "complete" };
}

/** A failure before the first page says that nothing is known; after it, that not everything is. */
export function stateOfFailure({ reason, detail }: RequestFailure, hasPages: boolean): StateFacts {
  const facts = { reason, ...(detail === undefined ? {} : { detail }) };
  return { state: hasPages ? "partial" : emptyState(reason), ...facts };
}

function emptyState(reason: RequestFailure["reason"]): CoverageState {
  if (reason === "forbidden") return "forbidden";
  return reason === "not-served" ? "absent" : "unavailable";
}

function entryOf(
  { group, resource, kind }: KindDefinition,
  scan: Scan,
  facts: Omit<CoverageEntry, "group" | "resource" | "kind">,
): CoverageEntry {
  return { group, resource, kind, readAt: new Date(scan.clock.now()).toISOString(), ...facts };
}

async function collectByNamespace(
  scan: Scan,
  definition: KindDefinition,
  version: string,
  namespaces: readonly string[],
  whole: CoverageEntry,
): Promise<readonly CoverageEntry[]> {
  const entries: CoverageEntry[] = [];
  let refusals = 0;
  let isReadable = false;
  for (const [index, namespace] of namespaces.entries()) {
    const isHopeless = !isReadable && refusals >= MAX_REFUSALS_IN_A_ROW;
    if (isHopeless || index >= scan.limits.namespacesPerKind) {
      entries.push(
        entryOf(definition, scan, { ...whole, namespace, state: "forbidden", detail: "not asked", objects: 0 }),
      );
      continue;
    }
    const answered = await collectList(scan, definition, version, namespace);
    // The list across the cluster was refused, so the kind is served: "not found" is a fault.
    const entry = answered.state === "absent" ? { ...answered, state: "unavailable" as const } : answered;
    refusals += entry.state === "forbidden" ? 1 : 0;
    isReadable ||= entry.state === "complete" || entry.state === "partial";
    entries.push(entry);
  }
  return isReadable || entries.some(({ state }) => state !== "forbidden") ? entries : [whole];
}

/** Objects that are read one by one, by name. An object that is not there is no gap. */
async function collectNamed(scan: Scan, definition: KindDefinition, version: string): Promise<CoverageEntry> {
  const names = definition.onlyNames ?? [];
  const failures: RequestFailure[] = [];
  let objects = 0;
  let invalid = 0;
  for (const { namespace, name } of names) {
    try {
      const item = await scan.get(`${collectionPath(definition, version, namespace)}/${encodeURIComponent(name)}`);
      const object = projectItem(scan, definition, version, item);
      if (object === null) invalid += 1;
      else {
        scan.table.add(definition.collection, definition.group, definition.kind, object);
        scan.countObject();
        objects += 1;
      }
    } catch (error) {
      if (!(error instanceof RequestFailure) || error.reason === "unauthorized") throw error;
      if (error.reason !== "not-served") failures.push(error);
    }
  }
  const [failure] = failures;
  if (failure !== undefined) {
    return entryOf(definition, scan, { ...stateOfFailure(failure, failures.length < names.length), objects });
  }
  const state =
    invalid > 0
      ? ({ state: "partial", reason: "invalid-objects", detail: `${invalid} left out` } as const)
      : { state: "complete" as const };
  return entryOf(definition, scan, { ...state, objects });
}
