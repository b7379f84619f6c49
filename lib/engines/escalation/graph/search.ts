import type { Step } from "./step.ts";

/** Effort of a vertex that is not reached. */
export const UNREACHED = 0xffff;

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
  { may = null, until = -1, remaining }: SearchOptions,
): Search {
  const effort = new Uint16Array(graph.vertexCount).fill(UNREACHED);
  const length = new Uint16Array(graph.vertexCount);
  const step = new Int32Array(graph.vertexCount).fill(-1);
  const done = new Uint8Array(graph.vertexCount);
  const buckets: number[][] = [[]];
  for (const origin of origins) {
    effort[origin] = 0;
    buckets[0]?.push(origin);
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
    effort[other] = total;
    length[other] = hops;
    step[other] = position;
    (buckets[Math.max(current, total + left)] ??= []).push(other);
  };
  for (; current < buckets.length; current += 1) {
    const bucket = buckets[current] ?? [];
    // Grows while steps without effort are taken.
    for (let index = 0; index < bucket.length; index += 1) {
      const vertex = bucket[index] ?? 0;
      // A vertex stands in a later bucket too when a nearer way to it was found since.
      if (done[vertex] === 1) continue;
      done[vertex] = 1;
      if (vertex === until) return { effort, step };
      spent = effort[vertex] ?? UNREACHED;
      hops = (length[vertex] ?? 0) + 1;
      graph.visit(vertex, direction, may, reach);
    }
  }
  return { effort, step };
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
