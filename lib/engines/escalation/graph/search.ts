import { SearchSpace, UNREACHED } from "./search-space.ts";
import type { Step } from "./step.ts";

export { UNREACHED } from "./search-space.ts";

export type Direction = "from" | "to";

/** Which steps a search may take; null: those that work now. */
export type StepFilter = ((step: Step) => boolean) | null;

/** Called with the other end of a step, its effort and its position. */
export type StepVisitor = (other: number, effort: number, position: number) => void;

/** A graph as a search sees it. Vertices and steps are numbered from 0. */
export interface SearchableGraph {
  readonly vertexCount: number;
  stepAt(position: number): Step;
  /** Calls `visitor` for every step that may be taken and starts (`from`) or ends (`to`) at a vertex, in a fixed order. */
  visit(vertex: number, direction: Direction, may: StepFilter, visitor: StepVisitor): void;
}

/** Least efforts from the start of a search (or to its end), and the step that is taken last (or first) on such a way. */
export interface Search {
  /** By vertex; `UNREACHED` where there is no way. */
  readonly effort: Uint16Array;
  /** By vertex: the step between it and the next vertex towards the origin of the search; -1 at the origin and where there is no way. */
  readonly step: Int32Array;
}

export interface SearchOptions {
  /** By default the steps that work now. */
  readonly may?: StepFilter;
  /** Ends the search as soon as this vertex is reached; what is farther away is then not known. */
  readonly until?: number;
  /**
   * No more than the effort left from each vertex to `until`, by vertex: what is nearer to it is looked at first, what does not lead there not at
   * all. Of vertices beyond the list nothing is known.
   */
  readonly remaining?: Uint16Array;
  /** Where to search; what was found there before is gone. By default a space of its own. */
  readonly space?: SearchSpace;
}

/** Least effort from any of the vertices to every other one. */
export function searchFrom(graph: SearchableGraph, origins: readonly number[], options: SearchOptions = {}): Search {
  return search(graph, "from", origins, options);
}

/** Least effort from every vertex to any of the given ones. */
export function searchTo(graph: SearchableGraph, origins: readonly number[], options: SearchOptions = {}): Search {
  return search(graph, "to", origins, options);
}

/**
 * Dijkstra over small whole efforts: one list of vertices per effort. Among ways of equal effort the one with fewer steps wins, then the one
 * whose step stands first in the graph, so equal graphs give equal ways. Linear in steps plus the greatest effort. With `remaining` it is A*.
 */
function search(
  graph: SearchableGraph,
  direction: Direction,
  origins: readonly number[],
  { may = null, until = -1, remaining, space = new SearchSpace() }: SearchOptions,
): Search {
  const { vertexCount } = graph;
  space.clear(vertexCount);
  const { effort, length, step, done } = space;
  const found: Search = { effort: effort.subarray(0, vertexCount), step: step.subarray(0, vertexCount) };
  for (const origin of origins) {
    space.enter(origin, 0, 0, -1);
    space.bucket(0).push(origin);
  }
  let current = 0;
  let spent = 0;
  let hops = 0;
  const reach: StepVisitor = (other, cost, position) => {
    const total = spent + cost;
    const known = effort[other] ?? UNREACHED;
    if (done[other] === 1 || total > known || (total === known && hops >= (length[other] ?? 0))) return;
    const left = remaining?.[other] ?? 0;
    if (left === UNREACHED) return;
    space.enter(other, total, hops, position);
    space.bucket(Math.max(current, total + left)).push(other);
  };
  for (; current < space.bucketCount; current += 1) {
    const bucket = space.bucket(current);
    // Grows while steps without effort are taken.
    for (let index = 0; index < bucket.length; index += 1) {
      const vertex = bucket.at(index);
      // A vertex stands in a later bucket too when a nearer way to it was found since.
      if (done[vertex] === 1) continue;
      done[vertex] = 1;
      if (vertex === until) return found;
      spent = effort[vertex] ?? UNREACHED;
      hops = (length[vertex] ?? 0) + 1;
      graph.visit(vertex, direction, may, reach);
    }
  }
  return found;
}

/** The steps of a found way, in the order in which they are taken. Empty at the origin itself. */
export function wayOf(graph: SearchableGraph, found: Search, vertex: number, direction: Direction): readonly Step[] {
  const steps: Step[] = [];
  let at = vertex;
  for (let position = found.step[at] ?? -1; position >= 0; position = found.step[at] ?? -1) {
    const step = graph.stepAt(position);
    steps.push(step);
    at = direction === "from" ? step.from : step.to;
  }
  return direction === "from" ? steps.toReversed() : steps;
}
