import type { NonResourceRequest } from "../../../model/access.ts";
import type { PolicyRule } from "../../../model/rbac.ts";
import { compareText } from "../../../model/subject-name.ts";
import type { ResourceRight } from "./used-rights.ts";

const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

type Names = readonly string[] | null;

interface Box {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly names: Names;
}

/**
 * Few rules that grant exactly these rights (their namespaces are not looked at). Rights are joined only where every combination of the joined rule is among
 * them: first the verbs of one resource, then resources with the same verbs, then groups with the same resources. Never throws.
 */
export function mergeRights(rights: readonly ResourceRight[]): readonly PolicyRule[] {
  const single = rights.map(({ apiGroup, resource, verb, names }) => ({
    apiGroups: [apiGroup],
    resources: [resource],
    verbs: [verb],
    names,
  }));
  const boxes = (["verbs", "resources", "apiGroups"] as const).reduce<readonly Box[]>(join, single);
  return boxes
    .map(({ apiGroups, resources, verbs, names }) => ({
      verbs: verbs.toSorted(compareVerbs),
      apiGroups,
      resources,
      resourceNames: names ?? [],
      nonResourceURLs: [],
    }))
    .sort((a, b) => compareLists(a.apiGroups, b.apiGroups) || compareLists(a.resources, b.resources) || byNames(a, b));
}

/** Few rules that grant exactly these paths. */
export function mergePaths(paths: readonly NonResourceRequest[]): readonly PolicyRule[] {
  const rights = paths.map(({ verb, path }) => ({ verb, apiGroup: "", resource: path, namespace: "", names: null }));
  return mergeRights(rights).map(({ verbs, resources }) => ({
    verbs,
    apiGroups: [],
    resources: [],
    resourceNames: [],
    nonResourceURLs: resources,
  }));
}

/** Joins boxes that differ in one list only. */
function join(boxes: readonly Box[], list: "verbs" | "resources" | "apiGroups"): readonly Box[] {
  const groups = new Map<string, { box: Box; entries: Set<string> }>();
  for (const box of boxes) {
    const key = JSON.stringify({ ...box, [list]: [] });
    const known = groups.get(key);
    if (known) for (const entry of box[list]) known.entries.add(entry);
    else groups.set(key, { box, entries: new Set(box[list]) });
  }
  return [...groups.values()].map(({ box, entries }) => ({ ...box, [list]: [...entries].sort(compareText) }));
}

function compareVerbs(a: string, b: string): number {
  const rank = (verb: string) => (VERBS.includes(verb) ? VERBS.indexOf(verb) : VERBS.length);
  return rank(a) - rank(b) || compareText(a, b);
}

/** Rules for every name first. */
function byNames(a: PolicyRule, b: PolicyRule): number {
  return (
    Math.sign(a.resourceNames.length) - Math.sign(b.resourceNames.length) ||
    compareVerbs(a.verbs[0] ?? "", b.verbs[0] ?? "") ||
    compareLists(a.verbs, b.verbs) ||
    compareLists(a.resourceNames, b.resourceNames)
  );
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  return compareText(a.join("\n"), b.join("\n"));
}
