import type { Step } from "./step.ts";

/** Steps by their start or end, as positions in a list: those of vertex v are `items[starts[v]]` … `items[starts[v + 1] - 1]`. */
interface Adjacency {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
  /** The other end of each item. */
  readonly others: Uint32Array;
}

/** Some steps of another table, to be taken over with their vertices moved. */
export interface KeptSteps {
  readonly table: StepTable;
  /** Positions in `table`, rising. */
  readonly positions: Uint32Array;
  /** Vertices from this position on stand `shift` further back now. */
  readonly movedFrom: number;
  readonly shift: number;
}

/** The steps of a graph, and what searches read of them in typed arrays: a search that had to look at the objects would take several times as long. */
export class StepTable {
  readonly steps: readonly Step[];
  readonly effort: Uint8Array;
  /** 1 for steps that work now. */
  readonly works: Uint8Array;
  readonly outgoing: Adjacency;
  readonly incoming: Adjacency;
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;

  /** @param kept  Steps that come before the added ones. */
  constructor(vertexCount: number, added: readonly Step[], kept: KeptSteps | null = null) {
    const first = kept?.positions.length ?? 0;
    const count = first + added.length;
    const from = new Uint32Array(count);
    const to = new Uint32Array(count);
    const effort = new Uint8Array(count);
    const works = new Uint8Array(count);
    const steps: Step[] = [];
    if (kept) {
      const { table, positions, movedFrom, shift } = kept;
      for (let position = 0; position < first; position += 1) {
        const known = positions[position] ?? 0;
        const start = table.#from[known] ?? 0;
        const end = table.#to[known] ?? 0;
        from[position] = start < movedFrom ? start : start + shift;
        to[position] = end < movedFrom ? end : end + shift;
        effort[position] = table.effort[known] ?? 0;
        works[position] = table.works[known] ?? 0;
        const step = table.steps[known];
        if (!step) throw new RangeError(`no step ${known}`);
        steps.push(shift === 0 ? step : { ...step, from: from[position] ?? 0, to: to[position] ?? 0 });
      }
    }
    for (let position = first; position < count; position += 1) {
      const step = added[position - first];
      if (!step) throw new RangeError(`no step ${position}`);
      steps.push(step);
      from[position] = step.from;
      to[position] = step.to;
      effort[position] = step.effort;
      works[position] = Number(step.state.state === "active");
    }
    this.steps = steps;
    this.effort = effort;
    this.works = works;
    this.#from = from;
    this.#to = to;
    this.outgoing = adjacency(vertexCount, from, to);
    this.incoming = adjacency(vertexCount, to, from);
  }

  /** How many steps start at a vertex. */
  stepsFrom(vertex: number): number {
    const { starts } = this.outgoing;
    return (starts[vertex + 1] ?? 0) - (starts[vertex] ?? 0);
  }

  /** Positions of the steps that do not start at one of some vertices; `starts` has a 1 for each of those. */
  notFrom(starts: Uint8Array): Uint32Array {
    const from = this.#from;
    const positions = new Uint32Array(from.length);
    let count = 0;
    for (let position = 0; position < from.length; position += 1) {
      if (starts[from[position] ?? 0] === 1) continue;
      positions[count] = position;
      count += 1;
    }
    return positions.subarray(0, count);
  }
}

function adjacency(vertexCount: number, by: Uint32Array, other: Uint32Array): Adjacency {
  const starts = new Uint32Array(vertexCount + 1);
  for (const end of by) starts[end + 1] = (starts[end + 1] ?? 0) + 1;
  for (let index = 0; index < vertexCount; index += 1)
    starts[index + 1] = (starts[index + 1] ?? 0) + (starts[index] ?? 0);
  const next = starts.slice();
  const items = new Uint32Array(by.length);
  const others = new Uint32Array(by.length);
  for (let position = 0; position < by.length; position += 1) {
    const end = by[position] ?? 0;
    const at = next[end] ?? 0;
    items[at] = position;
    others[at] = other[position] ?? 0;
    next[end] = at + 1;
  }
  return { starts, items, others };
}
