import type { PermissionChange, ReachChange, WhatIf } from "../../contracts/what-if.ts";
import { changedEscalations, clusterFacts, findEscalations, type AttackGraph } from "../../engines/escalation/index.ts";
import { compileAccess, recompileAccess, type AccessModel } from "../../engines/rbac/index.ts";
import type { Subject } from "../../model/access.ts";
import type { ObjectRef } from "../../model/object-ref.ts";
import type { ClusterSnapshot, SnapshotObjects } from "../../model/snapshot.ts";
import { compareSubjects, compareText, formatSubject, subjectUsername } from "../../model/subject-name.ts";
import { minorVersion, type AccessAnalysis } from "../analyze-access.ts";
import { heldRules, type HeldRule } from "../held-rules.ts";
import { countOf } from "../words.ts";
import { changeNotes } from "./change-notes.ts";
import { changeObjects, type WrittenChange } from "./change-objects.ts";
import { reachBeyond, reachOf, type Reach } from "./compare-reach.ts";

const SHOWN_PERMISSIONS = 200;

/** What would be written and removed, by identity. */
export interface WhatIfChanges {
  readonly written: readonly WrittenChange[];
  readonly removed: readonly ObjectRef[];
}

const BEFORE = new WeakMap<AttackGraph, Reach>();

/**
 * Which permissions and ways to take over appear and vanish when some roles, bindings and service accounts are written or removed. The same as
 * analysing the cluster anew after the changes, only faster where service accounts stay. Never throws.
 */
export function whatIf(analysis: AccessAnalysis, { written, removed }: WhatIfChanges): WhatIf {
  const { objects, changes } = changeObjects(analysis.snapshot.objects, written, removed);
  const graph = changedGraph(analysis, objects);
  let before = BEFORE.get(analysis.escalation.graph);
  if (!before) BEFORE.set(analysis.escalation.graph, (before = reachOf(analysis.escalation.graph)));
  const after = graph === analysis.escalation.graph ? before : reachOf(graph);
  const reach = { gained: reachBeyond(after, before), lost: reachBeyond(before, after) };
  const permissions = comparePermissions(analysis.model, graph.model);
  return {
    sentence: sentenceOf(reach, permissions.gained.count, permissions.lost.count),
    objects: changes.map((change) => ({
      object: change.ref,
      effect: change.effect,
      notes: [...changeNotes(change, objects, analysis.model.gaps)],
    })),
    reach,
    permissions,
    newSubjects: newSubjects(analysis.model, reach.gained, permissions.gained.items),
    completeness: analysis.completeness,
  };
}

/** The graph of the changed objects: worked out from the one before where that is possible, else anew. */
function changedGraph({ snapshot, model, escalation }: AccessAnalysis, objects: SnapshotObjects): AttackGraph {
  if (objects === snapshot.objects) return escalation.graph;
  const recompiled =
    objects.serviceAccounts === snapshot.objects.serviceAccounts ? recompileAccess(model, objects) : null;
  if (recompiled) return changedEscalations(escalation, recompiled).graph;
  const changed: ClusterSnapshot = { ...snapshot, objects };
  const facts = { minor: minorVersion(changed), cluster: clusterFacts(changed) };
  return findEscalations(compileAccess(changed), facts).graph;
}

function comparePermissions(before: AccessModel, after: AccessModel): WhatIf["permissions"] {
  const subjects = subjectsConcerned(before, after);
  const held = { before: rulesOf(before, subjects), after: rulesOf(after, subjects) };
  return { gained: beyond(held.after, held.before), lost: beyond(held.before, held.after) };
}

/** Subjects of bindings that are not the same at their place before and after, or give a role that is not: all whose rules can differ, perhaps more. */
function subjectsConcerned(before: AccessModel, after: AccessModel): ReadonlySet<Subject> {
  const found = new Set<Subject>();
  for (let position = 0; position < Math.max(before.bindings.length, after.bindings.length); position += 1) {
    const [was, is] = [before.bindings[position], after.bindings[position]];
    if (was === is && before.roles[was?.role ?? -1] === after.roles[is?.role ?? -1]) continue;
    for (const [model, binding] of [
      [before, was],
      [after, is],
    ] as const)
      for (const id of binding?.subjects ?? []) {
        const subject = model.subjects[id];
        if (subject) found.add(subject);
      }
  }
  return found;
}

function rulesOf(model: AccessModel, subjects: ReadonlySet<Subject>): ReadonlyMap<string, HeldRule> {
  const ids = new Set<number>();
  for (const subject of subjects) {
    const user = subjectUsername(subject);
    const id = model.findSubject(user === undefined ? "group" : "user", user ?? subject.name);
    if (id !== undefined) ids.add(id);
  }
  return heldRules(model, ids);
}

function beyond(own: ReadonlyMap<string, HeldRule>, other: ReadonlyMap<string, HeldRule>) {
  const found = [...own].flatMap(([key, rule]): PermissionChange[] => (other.has(key) ? [] : [rule]));
  found.sort(
    (a, b) =>
      compareSubjects(a.subject, b.subject) ||
      compareText(a.namespace ?? "", b.namespace ?? "") ||
      compareText(a.rule, b.rule),
  );
  return { count: found.length, items: found.slice(0, SHOWN_PERMISSIONS) };
}

/** Subjects that a model does not know, among those that gain something. */
function newSubjects(
  model: AccessModel,
  gained: readonly ReachChange[],
  permissions: readonly PermissionChange[],
): string[] {
  const named = [
    ...gained.flatMap(({ subjects }) => subjects),
    ...gained
      .flatMap(({ path }) => path?.steps ?? [])
      .flatMap(({ needs }) => needs.flatMap(({ grant }) => grant?.through ?? [])),
    ...permissions.map(({ subject }) => subject),
  ];
  const unknown = named.filter((subject) => {
    const user = subjectUsername(subject);
    return model.findSubject(user === undefined ? "group" : "user", user ?? subject.name) === undefined;
  });
  return [...new Set(unknown.map(formatSubject))];
}

function sentenceOf(
  { gained, lost }: { readonly gained: readonly ReachChange[]; readonly lost: readonly ReachChange[] },
  gainedRules: number,
  lostRules: number,
): string {
  const takers = (list: readonly ReachChange[]) => list.find(({ target }) => target.id === "cluster-admin")?.count ?? 0;
  const [begin, cease] = [takers(gained), takers(lost)];
  if (begin > 0 && cease > 0)
    return `${countOf(begin, "subject")} could take over the cluster that cannot now, and ${cease} no longer`;
  if (begin > 0) return `${countOf(begin, "subject")} could take over the cluster that cannot now`;
  if (cease > 0) return `${countOf(cease, "subject")} could no longer take over the cluster`;
  if (gained.length > 0) return "Nobody new takes over the cluster, but some reach what they do not reach now";
  if (lost.length > 0) return "Nobody new takes over the cluster, and some no longer reach what they reach now";
  if (gainedRules + lostRules === 0) return "Nobody's permissions change";
  const parts = [
    ...(gainedRules > 0 ? [`${countOf(gainedRules, "permission")} would appear`] : []),
    ...(lostRules > 0 ? [`${lostRules} would vanish`] : []),
  ];
  return `${gainedRules > 0 ? parts.join(" and ") : `${countOf(lostRules, "permission")} would vanish`}, and no way to take over changes`;
}
