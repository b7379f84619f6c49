import type { ReachChange } from "../../contracts/what-if.ts";
import { findPaths, UNREACHED, type AttackGraph, type Vertex } from "../../engines/escalation/index.ts";
import { knownGroups } from "../../engines/rbac/index.ts";
import type { Subject } from "../../model/access.ts";
import { severityRank } from "../../model/severity.ts";
import { compareSubjects, compareText, formatSubject } from "../../model/subject-name.ts";
import { pathView } from "../paths/path-view.ts";
import { placeOf, targetId, targetSeverity } from "../paths/place-words.ts";

const SHOWN_SUBJECTS = 20;
const SHOWN_PATHS = 5;

/** Who reaches one target, by `formatSubject`. Whoever takes over the cluster is left out of the others. */
interface Reached {
  readonly vertex: Vertex;
  readonly position: number;
  readonly subjects: ReadonlyMap<string, number>;
}

/** What a graph says of who reaches what, by target. */
export interface Reach {
  readonly graph: AttackGraph;
  readonly takers: ReadonlyMap<string, number>;
  readonly targets: ReadonlyMap<string, Reached>;
}

const TAKEOVER = "cluster-admin";

/** Everybody who reaches a target by steps that work now. Cost: one search for the cluster, and what lies around each other target. */
export function reachOf(graph: AttackGraph): Reach {
  const { model, vertices } = graph;
  const { effort } = graph.toTakeover;
  const takes = (vertex: number) => (effort[vertex] ?? UNREACHED) < UNREACHED;
  // Whom only a removed binding named is not told apart from anybody else.
  const isThere = (id: number) =>
    (model.bindingsOfSubject[id]?.length ?? 0) > 0 ||
    (model.subjects[id]?.kind === "ServiceAccount" && model.exists[id] === true);
  const nameOf = (id: number) => {
    const subject = model.subjects[id];
    return subject ? formatSubject(subject) : "";
  };
  const takers = new Map(
    [...model.subjects.keys()].flatMap((id) =>
      takes(graph.sourceOf(id)) && isThere(id) ? [[nameOf(id), id] as const] : [],
    ),
  );
  const targets = new Map<string, Reached>();
  vertices.forEach((vertex, position) => {
    if (vertex.type !== "target" && vertex.type !== "namespace-admin" && vertex.type !== "cloud-role") return;
    const id = targetId(vertex, model);
    if (id === null) return;
    const subjects =
      id === TAKEOVER
        ? takers
        : new Map(
            reaching(graph, position, takes)
              .filter(isThere)
              .map((subject) => [nameOf(subject), subject] as const),
          );
    targets.set(id, { vertex, position, subjects });
  });
  return { graph, takers, targets };
}

/** Subjects with a way to a vertex that does not lead through a takeover of the cluster. */
function reaching(graph: AttackGraph, target: number, takes: (vertex: number) => boolean): readonly number[] {
  const seen = new Set([target]);
  for (const vertex of seen) {
    graph.visit(vertex, "to", null, (other) => {
      if (!takes(other)) seen.add(other);
    });
  }
  const { subjects } = graph.model;
  return [...seen].flatMap((position) => {
    const vertex = graph.vertices[position];
    if (vertex?.type === "account") return [vertex.subject];
    // Where a path of an account begins is its token.
    return position < subjects.length && graph.sourceOf(position) === position ? [position] : [];
  });
}

/** Who reaches a target in `now` and not in `other`, target by target, the worst first. */
export function reachBeyond(now: Reach, other: Reach): ReachChange[] {
  let paths = 0;
  return [...now.targets]
    .map(([id, reached]) => {
      const known = other.targets.get(id)?.subjects;
      const ids = [...reached.subjects].flatMap(([name, subject]) => {
        // Who is named on one side only may still be in a group that reaches it on the other.
        const names = [name, ...groupsOf(now.graph.model.subjects[subject])];
        return names.some((one) => known?.has(one) || (id !== TAKEOVER && other.takers.has(one))) ? [] : [subject];
      });
      return { id, reached, severity: targetSeverity(reached.vertex), ids };
    })
    .filter(({ ids }) => ids.length > 0)
    .sort(
      (a, b) =>
        Number(b.id === TAKEOVER) - Number(a.id === TAKEOVER) ||
        severityRank(a.severity) - severityRank(b.severity) ||
        b.ids.length - a.ids.length ||
        compareText(a.id, b.id),
    )
    .map(({ id, reached: { vertex, position }, severity, ids }): ReachChange => {
      const { model } = now.graph;
      const subjects = ids.flatMap((subject): { readonly id: number; readonly subject: Subject }[] => {
        const found = model.subjects[subject];
        return found ? [{ id: subject, subject: found }] : [];
      });
      subjects.sort((a, b) => accountsFirst(a.subject, b.subject) || compareSubjects(a.subject, b.subject));
      const [first] = subjects;
      const path = first && paths < SHOWN_PATHS ? easiestPath(now.graph, first.id, position) : null;
      if (path) paths += 1;
      return {
        target: { id, place: placeOf(vertex, model), severity },
        count: ids.length,
        subjects: subjects.slice(0, SHOWN_SUBJECTS).map(({ subject }) => subject),
        path,
      };
    });
}

function groupsOf(subject: Subject | undefined): readonly string[] {
  return subject ? knownGroups(subject).map((name) => formatSubject({ kind: "Group", name })) : [];
}

/** What runs by itself comes before people and groups: its token lies in pods. */
function accountsFirst(a: Subject, b: Subject): number {
  return Number(b.kind === "ServiceAccount") - Number(a.kind === "ServiceAccount");
}

function easiestPath(graph: AttackGraph, subject: number, target: number): ReachChange["path"] {
  const [path] = findPaths(graph, graph.sourceOf(subject), target, { max: 1, remaining: graph.waysTo(target) });
  // Whoever is the target has no step to take.
  return path && path.steps.length > 0 ? pathView(graph, path, target) : null;
}
