import { findPaths, type AttackGraph, type Step } from "#lib/engines/escalation/index.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { escalationsIn } from "./build-escalations.ts";
import type { SnapshotParts } from "./build-snapshot.ts";

/** The attack graph of these objects. */
export function graphOf(parts: SnapshotParts): AttackGraph {
  return escalationsIn(parts).result.graph;
}

/** Where paths of a subject (as of `formatSubject`) begin. @throws Error when there is no such subject. */
export function sourceNamed(graph: AttackGraph, subject: string): number {
  const id = graph.model.subjects.findIndex((candidate) => formatSubject(candidate) === subject);
  if (id < 0) throw new Error(`no subject ${subject}`);
  return graph.sourceOf(id);
}

/** Ways of a subject to cluster-admin in words: the ids of the steps that take an effort. */
export function waysOf(parts: SnapshotParts, subject = "User:alice", max = 10): readonly string[] {
  const graph = graphOf(parts);
  const ways = findPaths(graph, sourceNamed(graph, subject), graph.target("cluster-admin"), { max });
  return ways.map(({ steps }) => stepIds(steps).join(" > "));
}

/** Ids of the steps that take an effort. */
export function stepIds(steps: readonly Step[]): readonly string[] {
  return steps.filter(({ effort }) => effort > 0).map(({ via }) => (via.type === "right" ? via.edge.id : via.link.id));
}
