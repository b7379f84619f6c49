import { compareText, serviceAccountUsername } from "../../../model/subject-name.ts";
import type { AccessModel } from "../../rbac/index.ts";
import type { EdgeFacts, Gain } from "../edge.ts";
import type { HeldEdges } from "../held-edges.ts";
import type { RbacRead, RbacReads } from "../rbac-reads.ts";
import { gainVertices, GraphBuilder, type KnownVertices } from "./graph-builder.ts";
import {
  searchFrom,
  searchTo,
  UNREACHED,
  type Direction,
  type Search,
  type SearchableGraph,
  type StepFilter,
  type StepVisitor,
} from "./search.ts";
import { SearchSpace } from "./search-space.ts";
import { StepTable, type KeptSteps } from "./step-table.ts";
import type { Step } from "./step.ts";
import { CLUSTER_TARGETS, vertexKey, type ClusterTarget, type Vertex } from "./vertex.ts";

/** A graph of the same cluster before some change of its RBAC, whose steps are taken over where nothing can have changed. */
export interface GraphBefore {
  readonly graph: AttackGraph;
  /** Subjects that hold other rights now, by position in the model of both graphs, and roles that give others. */
  readonly subjects: ReadonlySet<number>;
  readonly roles: ReadonlySet<number>;
}

/** What a graph takes over from the one before. */
interface TakenOver extends KnownVertices {
  readonly kept: KeptSteps;
  /** Positions of the vertices whose steps are to be found again. */
  readonly again: readonly number[];
  /** Where paths of a subject began, at its position now. */
  sourceOf(subject: number): number;
}

/**
 * Who can become what: subjects, accounts, pods, nodes, namespaces and secrets of one snapshot, joined by the edges that the access engine proves
 * and by what follows from the cluster's objects. Rights that reach many things lead to one vertex for all of them, so the graph
 * grows with subjects and bindings, not with their product. Immutable; equal snapshots give equal graphs.
 */
export class AttackGraph implements SearchableGraph {
  readonly model: AccessModel;
  readonly facts: EdgeFacts;
  readonly vertices: readonly Vertex[];
  readonly held: HeldEdges;
  /** For searches whose result is used up before the next one here begins. */
  readonly space = new SearchSpace();
  /** Vertices whose steps follow from bindings and roles of others too, and from which. */
  readonly #readers: ReadonlyMap<number, readonly RbacRead[]>;
  #readersOf: ReadonlyMap<RbacRead, readonly number[]> | undefined;
  readonly #table: StepTable;
  /** By subject: where paths of it begin. */
  readonly #sources: Uint32Array;
  /** Of vertices that are not taken over. */
  readonly #positions = new Map<string, number>();
  readonly #before: KnownVertices | null;
  #roleVertices: ReadonlyMap<number, readonly number[]> | undefined;
  #toTakeover: Search | undefined;
  #toLatentTakeover: Search | undefined;
  #lastWays: { readonly target: number; readonly ways: Search } | undefined;
  #byRights: Search | undefined;
  #fromTakeover: Search | undefined;

  /**
   * @param reads  What is read of bindings and roles that `facts` tell.
   * @param before  Of the same cluster facts, and with edges that need the same rights; its subjects come first in the model, at their positions.
   */
  constructor(
    model: AccessModel,
    facts: EdgeFacts,
    held: HeldEdges,
    reads: RbacReads,
    before: GraphBefore | null = null,
  ) {
    this.model = model;
    this.facts = facts;
    this.held = held;
    const takenOver = before ? before.graph.#takeOver(before, model) : null;
    const readers = new Map<number, readonly RbacRead[]>();
    const builder = new GraphBuilder(model, facts, { positions: this.#positions, base: takenOver, reads });
    if (!takenOver) addOrigins(builder, model);
    reads.take();
    const expand = (position: number) => {
      builder.expand(position, held);
      const read = reads.take();
      if (read.length > 0) readers.set(position, read);
    };
    const first = takenOver?.vertices.length ?? 0;
    for (const position of takenOver?.again ?? []) expand(position);
    // Vertices are added while they are expanded; each is expanded once.
    for (let position = first; position < builder.vertexCount; position += 1) expand(position);
    this.vertices = takenOver ? takenOver.vertices.concat(builder.added) : builder.added;
    this.#before = takenOver && { vertices: takenOver.vertices, findKey: takenOver.findKey };
    this.#readers = readers;
    this.#table = new StepTable(this.vertices.length, builder.steps, takenOver?.kept);
    this.#sources = new Uint32Array(model.subjects.length);
    for (let subject = 0; subject < this.#sources.length; subject += 1)
      this.#sources[subject] = takenOver ? takenOver.sourceOf(subject) : subject;
    builder.added.forEach((vertex, index) => {
      if (vertex.type === "account") this.#sources[vertex.subject] = first + index;
    });
  }

  /** The vertices of this graph and the steps that still hold, in a model with more subjects. */
  #takeOver({ subjects, roles }: GraphBefore, model: AccessModel): TakenOver {
    const known = this.model.subjects.length;
    const shift = model.subjects.length - known;
    const moved = (position: number) => (position < known ? position : position + shift);
    const again = new Set<number>(this.#readers.keys());
    for (const subject of subjects) if (subject < known) again.add(subject);
    for (let position = known; position < this.vertices.length; position += 1) {
      const vertex = this.vertices[position];
      const changed =
        (vertex?.type === "role" && roles.has(vertex.role)) ||
        (vertex?.type === "account" && subjects.has(vertex.subject)) ||
        // They name every user or group that there is.
        (shift > 0 && (vertex?.type === "users" || vertex?.type === "groups"));
      if (changed) again.add(position);
    }
    const starts = new Uint8Array(this.vertices.length);
    for (const position of again) starts[position] = 1;
    const added = Array.from({ length: shift }, (_, index) => known + index);
    const vertices =
      shift === 0
        ? this.vertices
        : this.vertices.slice(0, known).concat(
            added.map((subject): Vertex => ({ type: "subject", subject })),
            this.vertices.slice(known),
          );
    return {
      vertices,
      findKey: (key) => {
        const position = this.findKey(key);
        return position === undefined ? undefined : moved(position);
      },
      kept: { table: this.#table, positions: this.#table.notFrom(starts), movedFrom: known, shift },
      again: [...added, ...[...again].map(moved)],
      sourceOf: (subject) => (subject < known ? moved(this.sourceOf(subject)) : subject),
    };
  }

  get steps(): readonly Step[] {
    return this.#table.steps;
  }

  get vertexCount(): number {
    return this.vertices.length;
  }

  vertexAt(position: number): Vertex | undefined {
    return this.vertices[position];
  }

  stepAt(position: number): Step {
    const step = this.steps[position];
    if (!step) throw new RangeError(`no step ${position}`);
    return step;
  }

  visit(vertex: number, direction: Direction, may: StepFilter, visitor: StepVisitor): void {
    const { works, effort, outgoing, incoming } = this.#table;
    const { starts, items, others } = direction === "from" ? outgoing : incoming;
    const end = starts[vertex + 1] ?? 0;
    for (let at = starts[vertex] ?? 0; at < end; at += 1) {
      const position = items[at] ?? 0;
      if (may === null ? works[position] === 1 : may(this.stepAt(position)))
        visitor(others[at] ?? 0, effort[position] ?? 0, position);
    }
  }

  /** A builder that goes on where this graph ends: for what would be different, with other facts. */
  extend(facts: EdgeFacts): GraphBuilder {
    return new GraphBuilder(this.model, facts, { base: this });
  }

  /**
   * About how much has to be read and made to find the steps of a vertex again that follow from bindings and roles of others: bindings and steps.
   * 0 where no step does.
   */
  readingCost(vertex: number): number {
    const reads = this.#readers.get(vertex);
    if (!reads) return 0;
    return 1 + this.#table.stepsFrom(vertex) + (reads.includes("in every namespace") ? this.model.bindings.length : 0);
  }

  /** Vertices whose steps follow from what was read. */
  readersOf(read: RbacRead): readonly number[] {
    if (!this.#readersOf) {
      const byRead = new Map<RbacRead, number[]>();
      for (const [vertex, reads] of this.#readers)
        for (const one of reads) {
          const known = byRead.get(one);
          if (known) known.push(vertex);
          else byRead.set(one, [vertex]);
        }
      this.#readersOf = byRead;
    }
    return this.#readersOf.get(read) ?? [];
  }

  /** Position of a vertex, or undefined when nothing leads there or from there. */
  find(vertex: Vertex): number | undefined {
    if (vertex.type === "subject") return vertex.subject;
    return this.findKey(vertexKey(vertex));
  }

  /** Position of a vertex that is not a subject, by its key. */
  findKey(key: string): number | undefined {
    return this.#positions.get(key) ?? this.#before?.findKey(key);
  }

  target(target: ClusterTarget): number {
    return this.find({ type: "target", target }) ?? -1;
  }

  /** Where paths of a subject begin: a service account holds its own token. */
  sourceOf(subject: number): number {
    return this.#sources[subject] ?? subject;
  }

  /** Positions of the vertices that stand for whoever holds a role, by role. Computed once. */
  get roleVertices(): ReadonlyMap<number, readonly number[]> {
    if (this.#roleVertices) return this.#roleVertices;
    const byRole = new Map<number, number[]>();
    this.vertices.forEach((vertex, position) => {
      if (vertex.type !== "role") return;
      const known = byRole.get(vertex.role);
      if (known) known.push(position);
      else byRole.set(vertex.role, [position]);
    });
    return (this.#roleVertices = byRole);
  }

  /** Least efforts from every vertex to cluster-admin. Computed once. */
  get toTakeover(): Search {
    return (this.#toTakeover ??= searchTo(this, [this.target("cluster-admin")]));
  }

  /** Least efforts from every vertex to one, and the ways. Kept for cluster-admin and for what was asked last. */
  waysTo(target: number): Search {
    if (target === this.target("cluster-admin")) return this.toTakeover;
    if (this.#lastWays?.target !== target) this.#lastWays = { target, ways: searchTo(this, [target]) };
    return this.#lastWays.ways;
  }

  /** Least efforts to cluster-admin by all steps, also those that lack something or that a control stands against. Computed once. */
  get toLatentTakeover(): Search {
    return (this.#toLatentTakeover ??= searchTo(this, [this.target("cluster-admin")], { may: () => true }));
  }

  /**
   * The least effort from every vertex to one, by steps that work now. Whoever reaches cluster-admin reaches everything it owns, so only what is
   * nearer than that way is searched for: a target costs what is around it, not the whole graph.
   */
  effortTo(target: number): (vertex: number) => number {
    const takeover = this.toTakeover.effort;
    this.#fromTakeover ??= searchFrom(this, [this.target("cluster-admin")]);
    const onward = this.#fromTakeover.effort[target] ?? UNREACHED;
    const byWayOf = (vertex: number) => Math.min(UNREACHED, (takeover[vertex] ?? UNREACHED) + onward);
    const nearer = this.#nearerThan(target, byWayOf);
    return (vertex) => nearer.get(vertex) ?? byWayOf(vertex);
  }

  /** Efforts to a target of the vertices for which it is below a bound: the search keeps only what it visits. */
  #nearerThan(target: number, bound: (vertex: number) => number): ReadonlyMap<number, number> {
    const nearer = new Map([[target, 0]]);
    const buckets: number[][] = [[target]];
    let current = 0;
    const reach: StepVisitor = (vertex, cost) => {
      const total = current + cost;
      if (total >= (nearer.get(vertex) ?? bound(vertex))) return;
      nearer.set(vertex, total);
      (buckets[total] ??= []).push(vertex);
    };
    for (; current < buckets.length; current += 1) {
      const bucket = buckets[current] ?? [];
      for (let index = 0; index < bucket.length; index += 1) {
        const vertex = bucket[index] ?? 0;
        if (nearer.get(vertex) === current) this.visit(vertex, "to", null, reach);
      }
    }
    return nearer;
  }

  /** Whether a gain leads on to cluster-admin by steps that work now. */
  leadsToTakeover(gain: Gain): boolean {
    if (gain.type === "none") return false;
    if (gain.type === "cluster-admin" || gain.type === "masters") return true;
    const { effort } = this.toTakeover;
    return gainVertices(gain, this.model).some((vertex) => {
      const position = this.find(vertex);
      return position !== undefined && (effort[position] ?? UNREACHED) < UNREACHED;
    });
  }

  /**
   * Name of the existing service account of a namespace from which the least effort leads to cluster-admin by its rights alone, without breaking
   * out of a container; null when there is none.
   */
  nearestAccount(namespace: string): string | null {
    this.#byRights ??= searchTo(this, [this.target("cluster-admin")], {
      may: ({ state, via }) => state.state === "active" && (via.type === "right" || !via.link.breaksOut),
    });
    const { effort } = this.#byRights;
    let nearest: { readonly name: string; readonly effort: number } | null = null;
    for (const { name } of this.facts.cluster.accountsIn(namespace)) {
      const position = this.model.findSubject("user", serviceAccountUsername(namespace, name));
      const own = position === undefined ? UNREACHED : (effort[position] ?? UNREACHED);
      if (own === UNREACHED) continue;
      if (!nearest || own < nearest.effort || (own === nearest.effort && compareText(name, nearest.name) < 0))
        nearest = { name, effort: own };
    }
    return nearest?.name ?? null;
  }
}

/** Where paths may begin, subjects at their own positions, and the ends of interest. */
function addOrigins(builder: GraphBuilder, model: AccessModel): void {
  model.subjects.forEach((_, subject) => builder.added.push({ type: "subject", subject }));
  model.subjects.forEach(({ kind }, subject) => {
    if (kind === "ServiceAccount" && model.exists[subject]) builder.add({ type: "account", subject });
  });
  for (const target of CLUSTER_TARGETS) builder.add({ type: "target", target });
}
