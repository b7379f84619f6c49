import type { CollectionName } from "#lib/model/kinds.ts";
import type { SnapshotObjects } from "#lib/model/snapshot.ts";
import type { ProjectedObject } from "./project/project-object.ts";
import { compareObjects } from "#lib/model/compare-objects.ts";
import { COLLECTIONS } from "#lib/model/kinds.ts";

/** Objects of one run by identity; a later object with the same identity replaces the earlier one. */
export interface ObjectTable {
  /** @returns true when an object of the same identity was replaced. */
  add(collection: CollectionName, group: string, kind: string, object: ProjectedObject): boolean;
  /** Forgets objects of one kind by `namespace/name`, for a list that has to start again. */
  removeObjects(collection: CollectionName, group: string, kind: string, keys: Iterable<string>): void;
  /** Objects of one kind so far. */
  countKind(collection: CollectionName, group: string, kind: string): number;
  of(collection: CollectionName): Iterable<ProjectedObject>;
  /** All collections, sorted as the model promises. */
  build(): SnapshotObjects;
}

export function createObjectTable(): ObjectTable {
  const byKind = new Map<CollectionName, Map<string, Map<string, ProjectedObject>>>();
  const kindMap = (collection: CollectionName, kindKey: string): Map<string, ProjectedObject> => {
    const kinds = byKind.get(collection) ?? new Map<string, Map<string, ProjectedObject>>();
    byKind.set(collection, kinds);
    const objects = kinds.get(kindKey) ?? new Map<string, ProjectedObject>();
    kinds.set(kindKey, objects);
    return objects;
  };
  function* all(collection: CollectionName): Generator<ProjectedObject> {
    for (const objects of byKind.get(collection)?.values() ?? []) yield* objects.values();
  }
  return {
    add(collection, group, kind, object) {
      const objects = kindMap(collection, `${group}/${kind}`);
      const { namespace, name } = object.metadata;
      const key = `${namespace ?? ""}/${name}`; // a namespace holds no slash, so keys stay apart
      const replaced = objects.has(key);
      objects.set(key, object);
      return replaced;
    },
    removeObjects(collection, group, kind, keys) {
      const objects = byKind.get(collection)?.get(`${group}/${kind}`);
      for (const key of keys) objects?.delete(key);
    },
    countKind: (collection, group, kind) => byKind.get(collection)?.get(`${group}/${kind}`)?.size ?? 0,
    of: all,
    build() {
      const sorted = COLLECTIONS.map((collection) => [collection, [...all(collection)].sort(compareObjects)] as const);
      // projectObject() gives each collection the objects of its own type; fromEntries cannot express that.
      return Object.fromEntries(sorted) as unknown as SnapshotObjects;
    },
  };
}
