import type { CoverageEntry, Gap } from "../../model/coverage.ts";

/** What was not read of one resource: everywhere, or in single namespaces. */
export interface ResourceGaps {
  readonly everywhere: Gap | null;
  readonly byNamespace: ReadonlyMap<string, Gap>;
}

/**
 * Gaps of one resource. A resource without any entry was never asked for and counts as unavailable; one that the cluster
 * does not serve has no gap. Never throws.
 */
export function gapsOf(coverage: readonly CoverageEntry[], group: string, resource: string): ResourceGaps {
  const entries = coverage.filter((entry) => entry.group === group && entry.resource === resource);
  if (entries.length === 0) {
    return { everywhere: { group, resource, state: "unavailable", reason: "not-in-input" }, byNamespace: new Map() };
  }
  const byNamespace = new Map<string, Gap>();
  let everywhere: Gap | null = null;
  for (const entry of entries) {
    const gap = toGap(entry);
    if (gap && entry.namespace !== undefined) byNamespace.set(entry.namespace, gap);
    else if (gap) everywhere = gap;
  }
  return { everywhere, byNamespace };
}

/** The gap that concerns a namespace; "" asks for the cluster scope only. */
export function gapIn(gaps: ResourceGaps, namespace: string): Gap | null {
  return gaps.everywhere ?? (namespace === "" ? null : (gaps.byNamespace.get(namespace) ?? null));
}

function toGap({ group, resource, namespace, state, reason }: CoverageEntry): Gap | null {
  if (state === "complete" || state === "absent") return null;
  return {
    group,
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    state,
    ...(reason === undefined ? {} : { reason }),
  };
}
