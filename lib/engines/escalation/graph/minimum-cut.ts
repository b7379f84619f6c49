import type { AttackGraph } from "./attack-graph.ts";
import type { Step } from "./step.ts";
import { ChangeSet, type Change } from "./change.ts";
import { ChangedGraph } from "./changed-graph.ts";
import { searchFrom, searchTo, UNREACHED, wayOf } from "./search.ts";
import { restsOf } from "./step-rests.ts";
import { changesTo, choicesToRemove, fewestChanges, waysToRemove } from "./step-grants.ts";

/** Changes after which no way is left. */
export interface Cut {
  readonly changes: readonly Change[];
  /** No fewer changes would do. False when the search was ended before that was proven. */
  readonly smallest: boolean;
}

/** Graphs looked at before the search settles for a cut that may not be the smallest, and vertices looked at in all of them. */
const MOST_TRIES = 160;
const MOST_VERTICES = 1_000_000;
/** Cuts of this many changes or fewer are searched for exhaustively. */
const EXHAUSTIVE_SIZE = 3;
/** Cuts of equal size among which the one that concerns the fewest subjects is chosen. */
const MOST_CUTS = 6;
/** A cut of more changes than this helps nobody. */
const MOST_CHANGES = 8;

/**
 * The fewest changes that take away every way from a source to a target. Each way that is still there must lose one of its steps, so the search
 * branches over the steps of the shortest one left; sizes are tried in turn, from the least that any cut needs. Every cut is checked against the
 * graph after its changes.
 * @returns Null when some way has no step that an operator can change, or more than `MOST_CHANGES` changes would be needed.
 */
export function minimumCut(graph: AttackGraph, from: number, to: number): Cut | null {
  const search = new CutSearch(graph, from, to);
  const least = search.leastSize(EXHAUSTIVE_SIZE + 1);
  if (least === null) return null;
  for (let size = least; size <= EXHAUSTIVE_SIZE && !search.isOver; size += 1) {
    const cuts = search.ofSize(size);
    const [best] = cuts.sort((a, b) => concerned(graph, a) - concerned(graph, b));
    if (best) return { changes: best, smallest: search.isExact };
  }
  const changes = search.greedy();
  return changes ? { changes, smallest: search.leastSize(changes.length) === changes.length && search.isExact } : null;
}

/** The shortest way that changes leave, and the graph in which its steps are. */
interface Way {
  readonly graph: AttackGraph | ChangedGraph;
  readonly steps: readonly Step[];
}

class CutSearch {
  readonly #graph: AttackGraph;
  readonly #from: number;
  readonly #to: number;
  readonly #ways = new Map<string, Way | null>();
  /** Least efforts to the target before any change. */
  readonly #remaining: Uint16Array;
  #tries = 0;
  /** False once a way was seen that may rest on more than is known, or a graph that is not complete: fewer changes might do. */
  isExact = true;

  constructor(graph: AttackGraph, from: number, to: number) {
    this.#graph = graph;
    this.#from = from;
    this.#to = to;
    this.#remaining = graph.waysTo(to).effort;
  }

  get isOver(): boolean {
    return this.#tries >= Math.min(MOST_TRIES, Math.max(8, MOST_VERTICES / this.#graph.vertexCount));
  }

  /**
   * A number of changes that no cut can do with less than: way after way is taken that is still there after every change that could have a part in
   * taking away those before it, so each needs changes of its own.
   * @param most  Where counting ends.
   * @returns Null when some way has no step that an operator can change.
   */
  leastSize(most: number): number | null {
    let taken = new ChangeSet([]);
    for (let size = 0; ;) {
      const way = size < most ? this.#way(taken) : null;
      if (way === null) return Math.min(size, most);
      const fewest = Math.min(...way.steps.map((step) => fewestChanges(way.graph, step, taken)));
      if (fewest === Infinity) return null;
      size += fewest;
      taken = new ChangeSet([...taken.changes, ...way.steps.flatMap((step) => changesTo(way.graph, step))]);
    }
  }

  /** All cuts of exactly this many changes, up to `MOST_CUTS`. */
  ofSize(size: number): (readonly Change[])[] {
    const cuts: (readonly Change[])[] = [];
    const seen = new Set<string>();
    const visit = (changes: readonly Change[]): void => {
      const set = new ChangeSet(changes);
      if (seen.has(set.key) || cuts.length >= MOST_CUTS || this.isOver) return;
      seen.add(set.key);
      const way = this.#way(set);
      if (way === null) {
        cuts.push(set.changes);
        return;
      }
      for (const step of way.steps)
        for (const more of choicesToRemove(way.graph, step, set, size - set.changes.length))
          if (more.length > 0) visit(new ChangeSet([...set.changes, ...more]).changes);
    };
    visit([]);
    return cuts;
  }

  /** Takes away one way after the other by the fewest changes each; then puts back what was not needed. */
  greedy(): readonly Change[] | null {
    let changes: readonly Change[] = [];
    for (;;) {
      const way = this.#way(new ChangeSet(changes));
      if (way === null) break;
      const [fewest] = way.steps
        .flatMap((step) => waysToRemove(way.graph, step))
        .sort((a, b) => a.length - b.length || concerned(this.#graph, a) - concerned(this.#graph, b));
      if (!fewest || changes.length + fewest.length > MOST_CHANGES) return null;
      changes = new ChangeSet([...changes, ...fewest]).changes;
    }
    for (const change of changes) {
      const others = changes.filter((other) => other !== change);
      if (this.#way(new ChangeSet(others)) === null) changes = others;
    }
    return changes;
  }

  /** The shortest way that is left after changes, or null. */
  #way(changes: ChangeSet): Way | null {
    const { key } = changes;
    const known = this.#ways.get(key);
    if (known !== undefined) return known;
    this.#tries += 1;
    // Changes only take ways away: what did not lead to the target before does not now. What comes to light is not known yet.
    const remaining = this.#remaining;
    const leads = (vertex: number) => remaining[vertex] !== UNREACHED;
    const graph = changes.changes.length === 0 ? this.#graph : new ChangedGraph(this.#graph, changes, leads);
    const found = searchFrom(graph, [this.#from], { until: this.#to, remaining, space: this.#graph.space });
    const reached = (found.effort[this.#to] ?? UNREACHED) !== UNREACHED;
    const way = reached ? { graph, steps: wayOf(graph, found, this.#to, "from") } : null;
    if (graph instanceof ChangedGraph && !graph.isComplete) this.isExact = false;
    if (way?.steps.some((step) => restsOf(graph, step) === null)) this.isExact = false;
    this.#ways.set(key, way);
    return way;
  }
}

/** How many subjects changes concern directly; a setting counts as one. */
function concerned({ model }: AttackGraph, changes: readonly Change[]): number {
  let total = 0;
  for (const change of changes) {
    if (change.type === "binding") total += model.bindings[change.binding]?.subjects.length ?? 0;
    else if (change.type === "rule")
      for (const binding of model.bindingsOfRole[change.role] ?? [])
        total += model.bindings[binding]?.subjects.length ?? 0;
    else total += 1;
  }
  return total;
}

/** Subjects that reach a target now and no longer after changes, by position. Accounts that only bindings name count, as in every other list. */
export function losingSubjects(graph: AttackGraph, changes: readonly Change[], to: number): readonly number[] {
  const before = graph.waysTo(to);
  const after = searchTo(new ChangedGraph(graph, new ChangeSet(changes)), [to], { space: graph.space });
  const losing: number[] = [];
  for (let subject = 0; subject < graph.model.subjects.length; subject += 1) {
    const source = graph.sourceOf(subject);
    const had = (before.effort[source] ?? UNREACHED) < UNREACHED;
    if (had && (after.effort[source] ?? UNREACHED) === UNREACHED) losing.push(subject);
  }
  return losing;
}
