import { memberships, type AccessModel } from "../../rbac/index.ts";
import type { EdgeFacts } from "../edge.ts";
import type { AttackGraph } from "./attack-graph.ts";
import type { Step } from "./step.ts";
import type { ChangeSet } from "./change.ts";
import type { Direction, SearchableGraph, StepFilter, StepVisitor } from "./search.ts";
import type { Vertex } from "./vertex.ts";

/**
 * The graph after changes, over the graph before: only subjects and roles that the changes touch are worked out anew, from the bindings and rules
 * that are left. That matters because a strong right hides weaker ones, which come to light when it goes.
 */
export class ChangedGraph implements SearchableGraph {
  readonly vertexCount: number;
  readonly #base: AttackGraph;
  readonly #changes: ChangeSet;
  readonly #touched: ReadonlySet<number>;
  /** Some change is a setting, so links may be gone. */
  readonly #settings: boolean;
  readonly #vertices: readonly Vertex[];
  readonly #added: readonly Step[];
  readonly #addedFrom: ReadonlyMap<number, readonly number[]>;
  readonly #addedTo: ReadonlyMap<number, readonly number[]>;

  /** @param matters  Vertices of `base` for which it is false are never visited: what changes there need not be known. */
  constructor(base: AttackGraph, changes: ChangeSet, matters: (vertex: number) => boolean = () => true) {
    this.#base = base;
    this.#changes = changes;
    this.#touched = new Set([...touchedVertices(base, changes)].filter(matters));
    this.#settings = changes.changes.some(({ type }) => type !== "binding" && type !== "rule");
    const held = base.held.without(changes.bindings, changes.rules);
    const builder = base.extend();
    for (const vertex of this.#touched) builder.expandRights(vertex, held);
    // What was not in the graph before has all its steps still to find.
    for (let vertex = base.vertexCount; vertex < builder.vertexCount; vertex += 1) builder.expand(vertex, held);
    this.vertexCount = builder.vertexCount;
    this.#vertices = builder.added;
    this.#added = builder.steps;
    const first = base.steps.length;
    const positions = this.#added.map((_, index) => first + index);
    this.#addedFrom = Map.groupBy(positions, (position) => this.stepAt(position).from);
    this.#addedTo = Map.groupBy(positions, (position) => this.stepAt(position).to);
  }

  get model(): AccessModel {
    return this.#base.model;
  }

  get facts(): EdgeFacts {
    return this.#base.facts;
  }

  vertexAt(position: number): Vertex | undefined {
    return this.#vertices[position - this.#base.vertexCount] ?? this.#base.vertexAt(position);
  }

  stepAt(position: number): Step {
    const added = this.#added[position - this.#base.steps.length];
    return added ?? this.#base.stepAt(position);
  }

  visit(vertex: number, direction: Direction, may: StepFilter, visitor: StepVisitor): void {
    if (vertex < this.#base.vertexCount) {
      // Only settings and the rights of what is touched differ: everything else need not be looked at one by one.
      const touched = direction === "from" ? this.#touched.has(vertex) : this.#touched.size > 0;
      if (!touched && !this.#settings) this.#base.visit(vertex, direction, may, visitor);
      else
        this.#base.visit(vertex, direction, may, (other, effort, position) => {
          const from = direction === "from" ? vertex : other;
          if (!this.#settings && !this.#touched.has(from)) return visitor(other, effort, position);
          const step = this.#base.stepAt(position);
          if ((step.via.type === "link" || !this.#touched.has(from)) && this.#isLeft(step))
            visitor(other, effort, position);
        });
    }
    const added = (direction === "from" ? this.#addedFrom : this.#addedTo).get(vertex) ?? [];
    for (const position of added) {
      const step = this.stepAt(position);
      if (this.#isLeft(step) && (may === null ? step.state.state === "active" : may(step)))
        visitor(direction === "from" ? step.to : step.from, step.effort, position);
    }
  }

  #isLeft({ via }: Step): boolean {
    return via.type === "right" || via.fact.change === undefined || !this.#changes.has(via.fact.change);
  }
}

/** Subjects of the bindings concerned, members of the groups among them, and the roles themselves. */
function touchedVertices(graph: AttackGraph, { bindings, rules }: ChangeSet): ReadonlySet<number> {
  const { model } = graph;
  const touched = new Set<number>();
  const positions = [...bindings, ...[...rules.keys()].flatMap((role) => model.bindingsOfRole[role] ?? [])];
  for (const position of positions) {
    for (const subject of model.bindings[position]?.subjects ?? []) addWithMembers(model, subject, touched);
  }
  for (const role of rules.keys()) for (const vertex of graph.roleVertices.get(role) ?? []) touched.add(vertex);
  return touched;
}

function addWithMembers(model: AccessModel, subject: number, touched: Set<number>): void {
  if (touched.has(subject)) return;
  touched.add(subject);
  for (const member of memberships(model).get(subject) ?? []) touched.add(member);
}
