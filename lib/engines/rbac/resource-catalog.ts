import type { ApiResource } from "../../model/snapshot.ts";

/** What the cluster serves, for questions about scope. Built from discovery. */
export interface ResourceCatalog {
  /** False when discovery was not read: then nothing is known to be absent. */
  readonly known: boolean;
  /** Whether a resource (or `resource/subresource`) is namespaced; undefined when it is not served or not known. */
  namespaced(group: string, resource: string): boolean | undefined;
  /** The group of a bare resource name: core first, then the only or first group in name order; undefined when not served. */
  groupOf(resource: string): string | undefined;
  readonly resources: readonly ApiResource[];
}

/** Builds the catalogue; several versions of one resource count once. Never throws. */
export function resourceCatalog(apiResources: readonly ApiResource[]): ResourceCatalog {
  const byKey = new Map<string, ApiResource>();
  const groups = new Map<string, string>();
  for (const resource of apiResources) {
    const key = `${resource.group}/${resource.resource}`;
    if (!byKey.has(key)) byKey.set(key, resource);
    const known = groups.get(resource.resource);
    if (known === undefined || resource.group < known) groups.set(resource.resource, resource.group);
  }
  return {
    known: byKey.size > 0,
    namespaced: (group, resource) => byKey.get(`${group}/${resource}`)?.namespaced,
    groupOf: (resource) => groups.get(resource),
    resources: [...byKey.values()],
  };
}
