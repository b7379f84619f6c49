import type { CollectionName } from "#lib/model/kinds.ts";
import type { Labels } from "#lib/model/labels.ts";
import type { ClusterObject, ObjectMetadata, OwnerReference } from "#lib/model/metadata.ts";
import type { Pod, PodSpec, Workload } from "#lib/model/pod.ts";
import type { ClusterSnapshot, SnapshotObjects } from "#lib/model/snapshot.ts";
import type { EncodedSnapshot } from "./encode.ts";
import type { SnapshotHeader } from "./header.ts";
import type { StoredPod, StoredWorkload } from "./schemas.ts";
import { z } from "zod";
import { AppError } from "#lib/model/app-error.ts";
import { compareObjects } from "#lib/model/compare-objects.ts";
import { COLLECTIONS } from "#lib/model/kinds.ts";
import { SNAPSHOT_FORMAT_VERSION } from "#lib/model/snapshot.ts";
import { canonicalJson } from "./canonical-json.ts";
import { formatSchema, headerSchema } from "./header.ts";
import { labelsSchema, ownersSchema, podSpecSchema, storedSchemas } from "./schemas.ts";

/** Reads a snapshot piece by piece. */
export interface SnapshotDecoder {
  /** `place` names the chunk in errors. */
  addChunk(text: string, place: string): void;
  finish(): ClusterSnapshot;
}

/**
 * The snapshot of its stored form. Equal pod specifications, label sets and repeated names are shared again, across
 * chunks too. Chunks may come in any order.
 * @throws AppError `invalid_input` that names the part and field which is wrong, or the newer format.
 */
export function decodeSnapshot({ header, chunks }: EncodedSnapshot): ClusterSnapshot {
  const decoder = createDecoder(header);
  for (const [index, { text }] of chunks.entries()) decoder.addChunk(text, `chunk ${index + 1}`);
  return decoder.finish();
}

/** A decoder for the snapshot with this header. Throws like `decodeSnapshot`. */
export function createDecoder(headerText: string): SnapshotDecoder {
  const { counts, ...facts } = readHeader(headerText);
  const shared = createSharedValues();
  const objects = new Map<CollectionName, ClusterObject[]>(COLLECTIONS.map((collection) => [collection, []]));
  return {
    addChunk(text, place) {
      const chunk = readChunk(text, place);
      const target = objects.get(chunk.collection);
      for (const object of restoreChunk(chunk, shared, place)) target?.push(object);
    },
    finish() {
      for (const [collection, expected] of counts) {
        const found = objects.get(collection)?.length ?? 0;
        if (found !== expected) {
          throw invalid(`it should hold ${expected} ${collection} and holds ${found}; a part is missing`, collection);
        }
      }
      const { format: _format, ...snapshot } = facts;
      const sorted = [...objects].map(([collection, list]) => [collection, list.sort(compareObjects)] as const);
      // Each chunk was checked against the schema of its collection; fromEntries cannot express that.
      return { ...snapshot, objects: Object.fromEntries(sorted) as unknown as SnapshotObjects };
    },
  };
}

function readHeader(text: string): SnapshotHeader {
  const value = text.startsWith("{") ? parseJson(text, "header") : null;
  const format = formatSchema.safeParse(value);
  if (!format.success) throw invalid("it is not a Kordon snapshot", "header");
  if (format.data.formatVersion > SNAPSHOT_FORMAT_VERSION) {
    throw invalid(
      `it was written by a newer Kordon (format ${format.data.formatVersion}; this one reads ${SNAPSHOT_FORMAT_VERSION})`,
      "header",
    );
  }
  return check(headerSchema, value, "header");
}

const chunkSchema = z.object({
  collection: z.enum(COLLECTIONS),
  labels: z.array(labelsSchema),
  owners: z.array(ownersSchema),
  specs: z.array(podSpecSchema),
  objects: z.array(z.unknown()),
});
type Chunk = z.infer<typeof chunkSchema>;

function readChunk(text: string, place: string): Chunk {
  return check(chunkSchema, parseJson(text, place), place);
}

/** An object as stored, of any collection. */
interface StoredObject {
  readonly metadata: Omit<ObjectMetadata, "labels" | "annotations" | "ownerReferences"> & {
    readonly labels: number;
    readonly annotations: number;
    readonly ownerReferences: number;
  };
}

function* restoreChunk(chunk: Chunk, shared: SharedValues, place: string): Generator<ClusterObject> {
  const labels = chunk.labels.map(shared.labels);
  const owners = chunk.owners.map(shared.owners);
  const specs = chunk.specs.map(shared.spec);
  const at = <T>(table: readonly T[], index: number, field: string): T => {
    const value = table[index];
    if (value === undefined) throw invalid(`${field} ${index} is not in the chunk`, place);
    return value;
  };
  const restoreMetadata = ({ metadata }: StoredObject): ObjectMetadata => ({
    ...metadata,
    ...(metadata.namespace === undefined ? {} : { namespace: shared.text(metadata.namespace) }),
    ...(metadata.createdAt === undefined ? {} : { createdAt: shared.text(metadata.createdAt) }),
    labels: at(labels, metadata.labels, "label set"),
    annotations: at(labels, metadata.annotations, "label set"),
    ownerReferences: at(owners, metadata.ownerReferences, "owner"),
  });
  const restorePod = (pod: StoredPod): Pod => ({
    ...pod,
    metadata: restoreMetadata(pod),
    spec: at(specs, pod.spec, "pod specification"),
    imageIds: at(labels, pod.imageIds, "label set"),
    ...(pod.nodeName === undefined ? {} : { nodeName: shared.text(pod.nodeName) }),
    ...(pod.hostIP === undefined ? {} : { hostIP: shared.text(pod.hostIP) }),
    ...(pod.phase === undefined ? {} : { phase: shared.text(pod.phase) }),
  });
  const restoreWorkload = (workload: StoredWorkload): Workload => ({
    ...workload,
    metadata: restoreMetadata(workload),
    template: {
      labels: at(labels, workload.template.labels, "label set"),
      annotations: at(labels, workload.template.annotations, "label set"),
      spec: at(specs, workload.template.spec, "pod specification"),
    },
  });
  for (const [index, value] of chunk.objects.entries()) {
    const objectPlace = `${place}, object ${index + 1}`;
    if (chunk.collection === "pods") yield restorePod(check(storedSchemas.pods, value, objectPlace));
    else if (chunk.collection === "workloads")
      yield restoreWorkload(check(storedSchemas.workloads, value, objectPlace));
    else {
      const stored: StoredObject = check(schemaOf(chunk.collection), value, objectPlace);
      yield { ...stored, metadata: restoreMetadata(stored) };
    }
  }
}

function schemaOf(collection: Exclude<CollectionName, "pods" | "workloads">): z.ZodType<StoredObject> {
  switch (collection) {
    case "namespaces":
    case "nodes":
    case "serviceAccounts":
    case "roles":
    case "clusterRoles":
    case "roleBindings":
    case "clusterRoleBindings":
      return storedSchemas[collection];
    default:
      return storedSchemas.other;
  }
}

/** One object in memory for equal values of all chunks. */
interface SharedValues {
  text(value: string): string;
  labels(value: Labels): Labels;
  owners(value: readonly OwnerReference[]): readonly OwnerReference[];
  spec(value: PodSpec): PodSpec;
}

function createSharedValues(): SharedValues {
  const texts = new Map<string, string>();
  const text = (value: string): string => {
    const known = texts.get(value);
    if (known !== undefined) return known;
    texts.set(value, value);
    return value;
  };
  const once = <T>(make: (value: T) => T): ((value: T) => T) => {
    const known = new Map<string, T>();
    return (value) => {
      const key = canonicalJson(value);
      const first = known.get(key);
      if (first !== undefined) return first;
      const made = make(value);
      known.set(key, made);
      return made;
    };
  };
  return {
    text,
    labels: once((pairs: Labels) => pairs.map(([key, value]) => [text(key), text(value)] as const)),
    owners: once((owners: readonly OwnerReference[]) => owners),
    spec: once((spec: PodSpec) => spec),
  };
}

function parseJson(text: string, place: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw invalid("it is not valid JSON", place, cause);
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = (issue?.path ?? [])
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("");
  throw invalid(`it does not have the form of a snapshot at ${field.replace(/^\./, "") || "its root"}`, place);
}

/** `place` is the part of the snapshot: header, chunk or collection. */
function invalid(reason: string, place: string, cause?: unknown): AppError {
  return new AppError("invalid_input", `The snapshot cannot be read: ${reason}.`, {
    position: { field: place },
    cause,
  });
}
