import type { PolicyRule } from "../../../model/rbac.ts";
import type { UsedRequest } from "../../../model/used-request.ts";
import { mergePaths, mergeRights } from "./merge-rules.ts";
import { usedRights, type ResourceRight } from "./used-rights.ts";

export interface PlanOptions {
  /** `exact`: resourceNames where every use was by name and they are few; `any`: never. */
  readonly names: "exact" | "any";
  /** `namespace`: a Role in each namespace where a right was used; `cluster`: one ClusterRole for everything, which grants in namespaces where nothing was used. */
  readonly scope: "namespace" | "cluster";
}

/** Rules of a Role in `namespace`, or of a ClusterRole bound cluster-wide (""). */
export interface PlannedRole {
  readonly namespace: string;
  readonly rules: readonly PolicyRule[];
}

/**
 * The roles that grant the used requests: one ClusterRole for cluster-wide requests and URLs, one Role per namespace, none empty. With `namespace` and
 * `exact`, and no more names than a rule holds, they grant nothing else. A right that is granted cluster-wide is not granted again in a namespace.
 * Requests that no rule can grant exactly are left out (`isGrantable`). Cluster-wide first, then by namespace. Never throws.
 */
export function planRoles(used: readonly UsedRequest[], { names, scope }: PlanOptions): readonly PlannedRole[] {
  const asked = scope === "cluster" ? used.map(withoutNamespace) : used;
  const { resources, paths } = usedRights(asked, names);
  const clusterWide = resources.filter(({ namespace }) => namespace === "");
  const held = new Map(clusterWide.map((right) => [keyOf(right), right]));
  const byNamespace = new Map<string, ResourceRight[]>();
  for (const right of resources) {
    if (right.namespace === "" || isCovered(held.get(keyOf(right)), right)) continue;
    const list = byNamespace.get(right.namespace);
    if (list) list.push(right);
    else byNamespace.set(right.namespace, [right]);
  }
  return [
    { namespace: "", rules: [...mergeRights(clusterWide), ...mergePaths(paths)] },
    ...[...byNamespace].map(([namespace, rights]) => ({ namespace, rules: mergeRights(rights) })),
  ].filter(({ rules }) => rules.length > 0);
}

function withoutNamespace(used: UsedRequest): UsedRequest {
  const { request } = used;
  return "resource" in request ? { ...used, request: { ...request, namespace: "" } } : used;
}

function keyOf({ verb, apiGroup, resource }: ResourceRight): string {
  return JSON.stringify([verb, apiGroup, resource]);
}

function isCovered(held: ResourceRight | undefined, { names }: ResourceRight): boolean {
  if (!held) return false;
  const { names: heldNames } = held;
  return heldNames === null || (names !== null && names.every((name) => heldNames.includes(name)));
}
