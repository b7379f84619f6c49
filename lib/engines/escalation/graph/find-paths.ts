import type { Step } from "./step.ts";
import { searchTo, UNREACHED, wayOf, type Search, type SearchableGraph, type StepFilter } from "./search.ts";

/** One way from a source to a target. */
export interface AttackPath {
  readonly steps: readonly Step[];
  readonly effort: number;
  /** How many ways there are that take the same kinds of steps in the same order, this one included; at most `MOST_ALIKE`. */
  readonly alike: number;
}

export interface PathOptions {
  /** Most paths to find. */
  readonly max: number;
  /** Steps that may be taken; by default those that work now. */
  readonly may?: StepFilter;
  /** The result of `searchTo` the target over the same steps, where it is known. */
  readonly remaining?: Search;
}

export const MOST_ALIKE = 10_000;
/** Kinds of ways, and vertices in them, looked at before giving up on finding more. */
const MOST_STATES = 5_000;
const MOST_VERTICES = 150_000;

/** All vertices that one order of kinds of steps leads to, and how. */
interface State {
  readonly previous: State | null;
  /** Kinds of the steps with an effort, in order. */
  readonly kinds: readonly string[];
  readonly effort: number;
  /** `effort` plus the least effort that is still to come. */
  readonly estimate: number;
  /** By vertex: the step that led there (-1: the source), and the number of ways. */
  readonly reached: ReadonlyMap<number, Reached>;
}

interface Reached {
  readonly step: number;
  ways: number;
}

/** What kind of step it is: the id of its edge or link. */
export function stepKind({ via }: Step): string {
  return via.type === "right" ? via.edge.id : via.link.id;
}

/**
 * The ways from one vertex to another, least effort first, that really differ: no two take the same kinds of steps in the same order, and none
 * is a detour of another. Ways that differ only in which namespace, account or pod stands in between are counted as alike.
 * Works on sets of vertices, as a nondeterministic automaton is run: one state for all that an order of kinds leads to.
 */
export function findPaths(
  graph: SearchableGraph,
  from: number,
  to: number,
  { max, may = null, remaining: known }: PathOptions,
): readonly AttackPath[] {
  const back = known ?? searchTo(graph, [to], { may });
  const { effort: remaining } = back;
  if ((remaining[from] ?? UNREACHED) === UNREACHED) return [];
  const start = withFreeSteps(graph, new Map([[from, { step: -1, ways: 1 }]]), null, remaining, may);
  const queue: State[] = [];
  enqueue(queue, { previous: null, kinds: [], effort: 0, reached: start }, remaining);
  const found: State[] = [];
  let vertices = 0;
  for (let looked = 0; looked < MOST_STATES && vertices < MOST_VERTICES && found.length < max; looked += 1) {
    const state = queue.shift();
    if (!state) break;
    vertices += state.reached.size;
    if (found.some(({ kinds }) => isSubsequence(kinds, state.kinds))) continue;
    if (state.reached.has(to)) found.push(state);
    else for (const next of nextStates(graph, state, remaining, may)) enqueue(queue, next, remaining);
  }
  // In a cluster where everything leads everywhere the search may end before its first way; the shortest is known anyway.
  if (found.length === 0) {
    const steps = wayOf(graph, back, from, "to");
    return [{ steps, effort: remaining[from] ?? 0, alike: MOST_ALIKE }];
  }
  return found.map((state) => ({
    steps: stepsOf(graph, state, to),
    effort: state.effort,
    alike: state.reached.get(to)?.ways ?? 1,
  }));
}

function nextStates(
  graph: SearchableGraph,
  state: State,
  remaining: Uint16Array,
  may: StepFilter,
): readonly Omit<State, "estimate">[] {
  const byKind = new Map<string, { readonly effort: number; readonly reached: Map<number, Reached> }>();
  for (const [vertex, { ways }] of state.reached) {
    graph.visit(vertex, "from", may, (other, effort, position) => {
      if (effort === 0 || !isUseful(other, state, remaining)) return;
      const kind = stepKind(graph.stepAt(position));
      let group = byKind.get(kind);
      if (!group) byKind.set(kind, (group = { effort, reached: new Map() }));
      arrive(group.reached, other, position, ways);
    });
  }
  return [...byKind].map(([kind, { effort, reached }]) => ({
    previous: state,
    kinds: [...state.kinds, kind],
    effort: state.effort + effort,
    reached: withFreeSteps(graph, reached, state, remaining, may),
  }));
}

/** Adds what is reached without effort. Changes and returns the map. */
function withFreeSteps(
  graph: SearchableGraph,
  reached: Map<number, Reached>,
  previous: State | null,
  remaining: Uint16Array,
  may: StepFilter,
): ReadonlyMap<number, Reached> {
  // A map hands out entries that are added while it is walked.
  for (const [vertex, { ways }] of reached) {
    graph.visit(vertex, "from", may, (other, effort, position) => {
      if (effort === 0 && isUseful(other, previous, remaining)) arrive(reached, other, position, ways);
    });
  }
  return reached;
}

function arrive(reached: Map<number, Reached>, vertex: number, step: number, ways: number): void {
  const known = reached.get(vertex);
  if (known) known.ways = Math.min(MOST_ALIKE, known.ways + ways);
  else reached.set(vertex, { step, ways });
}

/** Leads on to the target, and not back to where the way has been. */
function isUseful(vertex: number, state: State | null, remaining: Uint16Array): boolean {
  if ((remaining[vertex] ?? UNREACHED) === UNREACHED) return false;
  for (let at = state; at; at = at.previous) if (at.reached.has(vertex)) return false;
  return true;
}

/** Keeps the queue sorted: by estimate, then fewer steps, then order of arrival. */
function enqueue(queue: State[], state: Omit<State, "estimate">, remaining: Uint16Array): void {
  let least = UNREACHED;
  for (const vertex of state.reached.keys()) least = Math.min(least, remaining[vertex] ?? UNREACHED);
  if (least === UNREACHED) return;
  const estimate = state.effort + least;
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = queue[middle];
    const before =
      other !== undefined &&
      (other.estimate < estimate || (other.estimate === estimate && other.kinds.length <= state.kinds.length));
    if (before) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, { ...state, estimate });
}

function isSubsequence(short: readonly string[], long: readonly string[]): boolean {
  let matched = 0;
  for (const kind of long) if (kind === short[matched]) matched += 1;
  return matched === short.length;
}

function stepsOf(graph: SearchableGraph, last: State, to: number): readonly Step[] {
  const steps: Step[] = [];
  let state: State | null = last;
  let vertex = to;
  while (state) {
    const position: number = state.reached.get(vertex)?.step ?? -1;
    if (position < 0) break;
    const step = graph.stepAt(position);
    steps.push(step);
    vertex = step.from;
    if (step.effort > 0) state = state.previous;
  }
  return steps.toReversed();
}
