import type { CollectionName } from "#lib/model/kinds.ts";
import type { ClusterObject } from "#lib/model/metadata.ts";
import type { Pod, Workload } from "#lib/model/pod.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { SnapshotHeader } from "./header.ts";
import { COLLECTIONS } from "#lib/model/kinds.ts";
import { canonicalJson } from "./canonical-json.ts";
import { FORMAT_NAME } from "./header.ts";

/** A part of one collection: a single line of JSON that stands for itself. */
export interface EncodedChunk {
  readonly collection: CollectionName;
  readonly text: string;
}

/** A snapshot as text: the header without objects, and chunks that stay equal while their objects do. */
export interface EncodedSnapshot {
  readonly header: string;
  readonly chunks: readonly EncodedChunk[];
}

const MIN_CHUNK_LENGTH = 64 * 1024;
/** Mean distance between two cut points beyond the minimum; chunks are about 256 KiB on average. */
const MEAN_CUT_DISTANCE = 192 * 1024;
const MAX_CHUNK_LENGTH = 1024 * 1024;

/**
 * The stored form of a snapshot. Deterministic: equal snapshots give equal text. Chunks are cut after objects whose
 * identity has a certain hash, so adding, changing or removing an object changes the chunk it lies in and leaves the
 * others, byte for byte. Label sets and pod specifications are stored once per chunk. Cost: linear.
 */
export function encodeSnapshot(snapshot: ClusterSnapshot): EncodedSnapshot {
  return { header: encodeHeader(snapshot), chunks: [...encodeChunks(snapshot)] };
}

/** The header alone; `encodeChunks` gives the rest piece by piece. */
export function encodeHeader({ objects, ...facts }: ClusterSnapshot): string {
  const counts = COLLECTIONS.map((collection) => [collection, objects[collection].length]);
  return canonicalJson({ format: FORMAT_NAME, ...facts, counts } satisfies Record<keyof SnapshotHeader, unknown>);
}

/** Chunks one after the other, in the order of the collections. */
export function* encodeChunks(snapshot: ClusterSnapshot): Generator<EncodedChunk> {
  const texts = new TextCache();
  for (const collection of COLLECTIONS) {
    let chunk = new ChunkWriter(collection, texts);
    for (const object of snapshot.objects[collection]) {
      const length = chunk.add(object);
      if (!chunk.isFull(object, length)) continue;
      yield chunk.finish();
      chunk = new ChunkWriter(collection, texts);
    }
    if (!chunk.isEmpty) yield chunk.finish();
  }
}

/** Canonical text of shared values, made once for each object in memory. */
class TextCache {
  readonly #texts = new WeakMap<object, string>();

  of(value: object): string {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const text = canonicalJson(value);
    this.#texts.set(value, text);
    return text;
  }
}

/** A table of one chunk: each distinct text once, in order of first use. */
class Table {
  readonly #indexes = new Map<string, number>();
  length = 0;

  indexOf(text: string): number {
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.#indexes.size;
    this.#indexes.set(text, index);
    this.length += text.length + 1;
    return index;
  }

  finish(): string {
    return `[${[...this.#indexes.keys()].join(",")}]`;
  }
}

class ChunkWriter {
  readonly #collection: CollectionName;
  readonly #texts: TextCache;
  readonly #labels = new Table();
  readonly #owners = new Table();
  readonly #specs = new Table();
  readonly #objects: string[] = [];
  #objectsLength = 0;

  constructor(collection: CollectionName, texts: TextCache) {
    this.#collection = collection;
    this.#texts = texts;
  }

  get isEmpty(): boolean {
    return this.#objects.length === 0;
  }

  /** @returns how many characters the chunk grew by. */
  add(object: ClusterObject): number {
    const before = this.#length;
    const text = canonicalJson(this.#stored(object));
    this.#objects.push(text);
    this.#objectsLength += text.length + 1;
    return this.#length - before;
  }

  /** The chance of a cut grows with the size of the object, so that chunks of small and of large objects are alike. */
  isFull(object: ClusterObject, length: number): boolean {
    if (this.#length >= MAX_CHUNK_LENGTH) return true;
    if (this.#length < MIN_CHUNK_LENGTH) return false;
    const hash = hashText(`${object.metadata.namespace ?? ""}/${object.metadata.name}`);
    return hash < (length / MEAN_CUT_DISTANCE) * 2 ** 32;
  }

  finish(): EncodedChunk {
    const parts = [
      `"collection":${JSON.stringify(this.#collection)}`,
      `"labels":${this.#labels.finish()}`,
      `"objects":[${this.#objects.join(",")}]`,
      `"owners":${this.#owners.finish()}`,
      `"specs":${this.#specs.finish()}`,
    ];
    return { collection: this.#collection, text: `{${parts.join(",")}}` };
  }

  get #length(): number {
    return this.#objectsLength + this.#labels.length + this.#owners.length + this.#specs.length;
  }

  #stored(object: ClusterObject): object {
    const { labels, annotations, ownerReferences, ...metadata } = object.metadata;
    const stored = {
      ...object,
      metadata: {
        ...metadata,
        labels: this.#index(this.#labels, labels),
        annotations: this.#index(this.#labels, annotations),
        ownerReferences: this.#index(this.#owners, ownerReferences),
      },
    };
    if (this.#collection === "pods") return { ...stored, ...this.#podIndexes(object) };
    if (this.#collection === "workloads") return { ...stored, ...this.#templateIndexes(object) };
    return stored;
  }

  #podIndexes(object: ClusterObject): object {
    const { spec, imageIds } = object as Pod; // objects of the collection `pods`
    return { spec: this.#index(this.#specs, spec), imageIds: this.#index(this.#labels, imageIds) };
  }

  #templateIndexes(object: ClusterObject): object {
    const { template } = object as Workload; // objects of the collection `workloads`
    return {
      template: {
        labels: this.#index(this.#labels, template.labels),
        annotations: this.#index(this.#labels, template.annotations),
        spec: this.#index(this.#specs, template.spec),
      },
    };
  }

  #index(table: Table, value: object): number {
    return table.indexOf(this.#texts.of(value));
  }
}

/** FNV-1a, 32 bits: spreads names well enough to place cut points. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // Final mixing: names that differ in the last character only would otherwise lie close together.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
