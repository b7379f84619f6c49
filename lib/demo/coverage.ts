import type { CoverageEntry } from "#lib/model/coverage.ts";
import type { KindDefinition } from "#lib/model/kinds.ts";
import type { ApiResource, SnapshotObjects } from "#lib/model/snapshot.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { hashOf } from "./random.ts";

/** What the credential of a demo cluster could not read. */
export interface Blindness {
  /** Namespaces by the resource that is forbidden in them; the rest of that resource was read namespace by namespace. */
  readonly forbidden: ReadonlyMap<string, string>;
  /** Resources for which the server gave an error. */
  readonly unavailable: ReadonlySet<string>;
}

/** One entry for each kind, or for each namespace where a kind was read that way, as the collector writes them. */
export function coverageOf(
  objects: SnapshotObjects,
  apiResources: readonly ApiResource[],
  readAt: string,
  { forbidden, unavailable }: Blindness,
): readonly CoverageEntry[] {
  const served = new Set(apiResources.map(({ group, resource }) => `${group}/${resource}`));
  return KIND_DEFINITIONS.flatMap((definition): readonly CoverageEntry[] => {
    const { group, resource, kind } = definition;
    const entry = { group, resource, kind, readAt };
    if (!served.has(`${group}/${resource}`)) return [{ ...entry, state: "absent", reason: "not-served", objects: 0 }];
    if (unavailable.has(resource)) {
      return [{ ...entry, state: "unavailable", reason: "server-error", detail: "503", objects: 0 }];
    }
    const counts = countByNamespace(objects, definition);
    const resourceVersion = String(1_000_000 + (hashOf(`${group}/${resource}/${readAt}`) % 1_000_000));
    const hidden = forbidden.get(resource);
    if (hidden === undefined) {
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      return [{ ...entry, state: "complete", objects: total, resourceVersion }];
    }
    return objects.namespaces.map(({ metadata: { name } }): CoverageEntry => {
      const inNamespace = { ...entry, namespace: name };
      if (name === hidden)
        return { ...inNamespace, state: "forbidden", reason: "forbidden", detail: "403", objects: 0 };
      return { ...inNamespace, state: "complete", objects: counts.get(name) ?? 0, resourceVersion };
    });
  });
}

function countByNamespace(
  objects: SnapshotObjects,
  { collection, group, kind }: KindDefinition,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const object of objects[collection]) {
    // Collections of one kind have neither group nor kind.
    if ("kind" in object && (object.kind !== kind || object.group !== group)) continue;
    const namespace = object.metadata.namespace ?? "";
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  return counts;
}
