import type { AccessModel } from "../../rbac/index.ts";
import type { EdgeFacts, EdgeState, EscalationEdge, Gain, Place, RolesGain } from "../edge.ts";
import type { HeldEdge, HeldEdges } from "../held-edges.ts";
import type { RbacReads } from "../rbac-reads.ts";
import type { EscalationLink, LinkContext } from "../link.ts";
import { ESCALATION_LINKS } from "../links/registry.ts";
import type { Step } from "./step.ts";
import { vertexKey, type Vertex } from "./vertex.ts";

const ACTIVE: EdgeState = { state: "active" };

/** A graph that a builder goes on from. */
export interface KnownVertices {
  readonly vertices: readonly Vertex[];
  /** Position of a vertex that is not a subject, by its key; undefined where it is not in the graph. */
  readonly findKey: (key: string) => number | undefined;
}

const LINKS_FROM: ReadonlyMap<Vertex["type"], readonly EscalationLink[]> = new Map(
  [...new Set(ESCALATION_LINKS.flatMap(({ from }) => from))].map((type) => [
    type,
    ESCALATION_LINKS.filter(({ from }) => from.includes(type)),
  ]),
);

/** Finds the steps from vertices one by one, and adds the vertices they lead to. */
export class GraphBuilder {
  /** Vertices beyond those of `base`, in the order of their positions. */
  readonly added: Vertex[] = [];
  readonly steps: Step[] = [];
  readonly #context: LinkContext;
  readonly #positions: Map<string, number>;
  readonly #base: KnownVertices | null;
  readonly #reads: RbacReads | null;

  /**
   * @param positions  Takes the positions of added vertices, by key; those of subjects are their own.
   * @param reads  Notes where the roles of a place are listed.
   */
  constructor(
    model: AccessModel,
    facts: EdgeFacts,
    {
      positions = new Map(),
      base = null,
      reads = null,
    }: {
      readonly positions?: Map<string, number>;
      readonly base?: KnownVertices | null;
      readonly reads?: RbacReads | null;
    } = {},
  ) {
    this.#context = { model, facts };
    this.#positions = positions;
    this.#base = base;
    this.#reads = reads;
  }

  get vertexCount(): number {
    return (this.#base?.vertices.length ?? 0) + this.added.length;
  }

  #vertexAt(position: number): Vertex | undefined {
    const before = this.#base?.vertices.length ?? 0;
    return position < before ? this.#base?.vertices[position] : this.added[position - before];
  }

  /** The position of a vertex, which is added when it is new. */
  add(vertex: Vertex): number {
    if (vertex.type === "subject") return vertex.subject;
    const key = vertexKey(vertex);
    let position = this.#base?.findKey(key) ?? this.#positions.get(key);
    if (position === undefined) {
      this.#positions.set(key, (position = this.vertexCount));
      this.added.push(vertex);
    }
    return position;
  }

  /** Adds every step that starts at a vertex. */
  expand(from: number, held: HeldEdges): void {
    const vertex = this.#vertexAt(from);
    if (!vertex) throw new RangeError(`no vertex ${from}`);
    this.expandRights(from, held);
    for (const link of LINKS_FROM.get(vertex.type) ?? []) {
      for (const fact of link.links(vertex, this.#context))
        this.steps.push({
          from,
          to: this.add(fact.to),
          effort: link.effort,
          state: fact.state ?? ACTIVE,
          via: { type: "link", link, fact },
        });
    }
  }

  /** Adds the steps that rights give to a subject or to whoever holds a role. */
  expandRights(from: number, heldEdges: HeldEdges): void {
    const vertex = this.#vertexAt(from);
    const edges =
      vertex?.type === "subject"
        ? // What a group holds alone is reached through the group.
          heldEdges.of(vertex.subject, false).filter(({ inherited }) => !inherited)
        : vertex?.type === "role"
          ? heldEdges.ofRole(vertex.role, vertex.namespace)
          : [];
    for (const { edge, place, gains, state } of withoutWeaker([...edges]))
      this.#addRight(from, edge, place, gains, state);
  }

  #addRight(from: number, edge: EscalationEdge, place: Place, gains: readonly Gain[], state: EdgeState): void {
    if (gains.some(({ type }) => type === "roles" || type === "cluster-roles")) this.#reads?.note("other");
    for (const vertex of gains.flatMap((gain) => gainVertices(gain, this.#context.model)))
      this.steps.push({ from, to: this.add(vertex), effort: edge.effort, state, via: { type: "right", edge, place } });
  }
}

/** Leaves out what a stronger right leads to as well: another way to the same by no less effort is no second way. */
function withoutWeaker(held: readonly HeldEdge[]): readonly HeldEdge[] {
  const strong = held.filter(
    ({ edge, state }) => edge.implies.length > 0 && edge.implies !== "all" && state.state === "active",
  );
  if (strong.length === 0) return held;
  return held.filter(
    (weak) =>
      !strong.some(
        ({ edge, gains }) =>
          edge.implies.includes(weak.edge.id) &&
          edge.effort <= weak.edge.effort &&
          JSON.stringify(gains) === JSON.stringify(weak.gains),
      ),
  );
}

/** Vertices that a gain is. None for harm that leads nowhere, and for roles that do not exist. */
export function gainVertices(gain: Gain, model: AccessModel): readonly Vertex[] {
  switch (gain.type) {
    case "none":
      return [];
    case "cluster-admin":
    case "masters":
      return [{ type: "target", target: gain.type }];
    case "cluster-roles":
    case "roles":
      return rolesNamed(gain, model).map((role) => ({
        type: "role",
        role,
        namespace: gain.type === "roles" ? (model.roles[role]?.ref.namespace ?? null) : gain.namespace,
      }));
    default:
      return [gain];
  }
}

const ROLES = new WeakMap<AccessModel, ReadonlyMap<string, ReadonlyMap<string, number>>>();

/** Position of a cluster role; undefined when it does not exist. */
export function clusterRoleNamed(model: AccessModel, name: string): number | undefined {
  return rolesByPlace(model).get("ClusterRole/")?.get(name);
}

function rolesNamed({ type, namespace, names }: RolesGain, model: AccessModel): readonly number[] {
  const byPlace = rolesByPlace(model);
  // Every namespace: the Roles of each, there.
  const places =
    type === "cluster-roles"
      ? ["ClusterRole/"]
      : namespace === null
        ? [...byPlace.keys()].filter((place) => place !== "ClusterRole/")
        : [`Role/${namespace}`];
  return places.flatMap((place) => {
    const roles = byPlace.get(place);
    if (!roles) return [];
    return names === null ? [...roles.values()] : names.flatMap((name) => roles.get(name) ?? []);
  });
}

/** Positions of roles by name, by kind and namespace. Computed once per model. */
function rolesByPlace(model: AccessModel): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const known = ROLES.get(model);
  if (known) return known;
  const byPlace = new Map<string, Map<string, number>>();
  model.roles.forEach(({ ref }, position) => {
    const place = `${ref.kind}/${ref.namespace ?? ""}`;
    const roles = byPlace.get(place);
    if (roles) roles.set(ref.name, position);
    else byPlace.set(place, new Map([[ref.name, position]]));
  });
  ROLES.set(model, byPlace);
  return byPlace;
}
