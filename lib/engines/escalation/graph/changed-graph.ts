import { memberships, type AccessModel, type CompiledBinding } from "../../rbac/index.ts";
import type { EdgeFacts } from "../edge.ts";
import type { HeldEdges } from "../held-edges.ts";
import { rbacFactsWith } from "../rbac-facts.ts";
import { readOf, type RbacRead } from "../rbac-reads.ts";
import { MOST_READING, type RestingGraph } from "./step-rests.ts";
import { takeoverRolesWithout, takeoverRules } from "../takeover-roles.ts";
import type { AttackGraph } from "./attack-graph.ts";
import type { Step } from "./step.ts";
import type { ChangeSet } from "./change.ts";
import type { Direction, SearchableGraph, StepFilter, StepVisitor } from "./search.ts";
import type { Vertex } from "./vertex.ts";

/**
 * The graph after changes, over the graph before: only subjects and roles that the changes touch are worked out anew, from the bindings and rules
 * that are left. That matters because a strong right hides weaker ones, which come to light when it goes.
 */
export class ChangedGraph implements SearchableGraph, RestingGraph {
  readonly vertexCount: number;
  readonly facts: EdgeFacts;
  readonly held: HeldEdges;
  /** False where steps that follow from what is gone were left as they were, because finding them again would take too long. */
  readonly isComplete: boolean;
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
    const touched = new Set([...touchedVertices(base, changes)].filter(matters));
    const readers = [...readersOf(base, changes)].filter((vertex) => matters(vertex) && !touched.has(vertex));
    const affordable = affordableReaders(base, readers);
    for (const vertex of affordable) touched.add(vertex);
    this.#touched = touched;
    this.isComplete = affordable.length === readers.length;
    this.#settings = changes.changes.some(({ type }) => type !== "binding" && type !== "rule");
    this.facts = factsAfter(base, changes);
    const held = base.held.without(changes, this.facts);
    this.held = held;
    const builder = base.extend(this.facts);
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

  readingCost(vertex: number): number {
    return vertex < this.#base.vertexCount ? this.#base.readingCost(vertex) : 0;
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

function factsAfter({ model, facts }: AttackGraph, { bindings, rules }: ChangeSet): EdgeFacts {
  return {
    ...facts,
    rbac: bindings.size === 0 ? facts.rbac : rbacFactsWith(facts.rbac, (binding) => !bindings.has(binding)),
    takeoverRoles: takeoverRolesWithout(model, facts.takeoverRoles, rules),
  };
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

/** Whose steps follow from the bindings and roles concerned, whoever is bound by them. */
function readersOf(graph: AttackGraph, { bindings, rules }: ChangeSet): ReadonlySet<number> {
  const { model } = graph;
  const reads = new Set<RbacRead>();
  for (const position of bindings) for (const read of readsOf(model.bindings[position])) reads.add(read);
  for (const role of rules.keys()) if (takeoverRules(model, role).length > 0) reads.add("takeover roles");
  return new Set([...reads].flatMap((read) => graph.readersOf(read)));
}

/** Those whose steps can be found again in a moment, all together. */
function affordableReaders(graph: AttackGraph, readers: readonly number[]): readonly number[] {
  let left = MOST_READING;
  return readers.filter((vertex) => {
    const cost = graph.readingCost(vertex);
    if (cost > left) return false;
    left -= cost;
    return true;
  });
}

/** What is read otherwise when a binding is gone. */
function readsOf(binding: CompiledBinding | undefined): readonly RbacRead[] {
  if (!binding) return [];
  const place = binding.ref.kind === "RoleBinding" ? binding.namespace : null;
  return [
    readOf(place),
    ...(place === null ? [] : (["in every namespace"] as const)),
    ...(binding.roleState === "missing" ? (["dangling"] as const) : []),
  ];
}

function addWithMembers(model: AccessModel, subject: number, touched: Set<number>): void {
  if (touched.has(subject)) return;
  touched.add(subject);
  for (const member of memberships(model).get(subject) ?? []) touched.add(member);
}
