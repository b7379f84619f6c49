import { labelValue } from "../../model/labels.ts";
import { severityRank, worstSeverity, type Severity } from "../../model/severity.ts";
import { compareText } from "../../model/subject-name.ts";
import { memberships, type AccessModel, type CompiledBinding, type RecompiledAccess } from "../rbac/index.ts";
import type { ClusterFacts } from "./cluster-facts.ts";
import type { EdgeFacts, EdgeState, EscalationEdge, Place } from "./edge.ts";
import { AttackGraph, type GraphBefore } from "./graph/attack-graph.ts";
import { HeldEdges, type HeldEdge } from "./held-edges.ts";
import { breadthOf, raisedBy } from "./mass-grant.ts";
import { rbacFacts } from "./rbac-facts.ts";
import { RbacReads } from "./rbac-reads.ts";
import { takeoverRoles } from "./takeover-roles.ts";
import { ESCALATION_EDGES } from "./registry.ts";

/** One edge that one subject holds, with every place where it holds. */
export interface Occurrence {
  readonly edge: EscalationEdge;
  readonly clusterWide: boolean;
  /** Sorted; only those not covered by `clusterWide`. */
  readonly namespaces: readonly string[];
  /** Worst over the places. */
  readonly severity: Severity;
  /** Place with the worst severity: null for the cluster. */
  readonly worstNamespace: string | null;
  /** The worst place whole, with the names to which it is limited. */
  readonly worstPlace: Place;
  /** Of the worst place: whether it works now, and if not why. */
  readonly state: EdgeState;
  /** Given by default bindings of Kubernetes alone. */
  readonly expected: boolean;
  /** Held only because a group of the subject holds all of it. */
  readonly inherited: boolean;
}

export interface EscalationResult {
  /** What one subject holds, by position in `AccessModel.subjects`; worst first. Edges that a stronger one implies are left out. */
  of(subject: number): readonly Occurrence[];
  /** What a role gives by itself to whoever is bound to it in a place (null: cluster-wide), nothing left out. */
  ofRole(role: number, namespace: string | null): Iterable<HeldEdge>;
  readonly facts: EdgeFacts;
  readonly graph: AttackGraph;
}

/** What the search reads of the cluster beside its RBAC. */
export interface EscalationFacts {
  readonly minor: number | null;
  readonly cluster: ClusterFacts;
}

const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system"]);
const DEFAULTS_LABEL = "kubernetes.io/bootstrapping";

/** Whether a binding is one of those that the API server itself creates and repairs at start. */
export function isDefaultBinding({ object }: CompiledBinding): boolean {
  return labelValue(object.metadata.labels, DEFAULTS_LABEL) === "rbac-defaults";
}

/**
 * Finds every edge that any subject holds and where it leads. The graph is built at once; what one subject holds is worked out when it is asked
 * for, from its bindings. Never throws.
 */
export function findEscalations(model: AccessModel, { minor, cluster }: EscalationFacts): EscalationResult {
  const { facts, reads } = edgeFacts(model, { minor, cluster });
  const held = new HeldEdges(model, facts, ESCALATION_EDGES);
  return resultOf(new AttackGraph(model, facts, held, reads));
}

/**
 * The same for a model that was recompiled from the one of an earlier result, with the same facts of the cluster: what did not change is taken over.
 * @param base  Its `facts` count: version and cluster.
 */
export function changedEscalations(
  base: EscalationResult,
  { model, roles, bindings }: RecompiledAccess,
): EscalationResult {
  const before = base.graph;
  const { facts, reads } = edgeFacts(model, base.facts);
  const held = new HeldEdges(model, facts, ESCALATION_EDGES);
  const comparable = held.needs === before.held.needs;
  const subjects = comparable ? touchedSubjects(before.model, model, { roles, bindings }) : new Set<number>();
  const reused: GraphBefore | null = comparable ? { graph: before, subjects, roles } : null;
  return resultOf(new AttackGraph(model, facts, held, reads, reused));
}

/** Subjects of the bindings concerned, before and after, and members of the groups among them; members of groups that are new. */
function touchedSubjects(
  before: AccessModel,
  after: AccessModel,
  { roles, bindings }: Pick<RecompiledAccess, "roles" | "bindings">,
): ReadonlySet<number> {
  const positions = new Set(bindings);
  for (const role of roles)
    for (const model of [before, after])
      for (const position of model.bindingsOfRole[role] ?? []) positions.add(position);
  const touched = new Set<number>();
  for (const position of positions)
    for (const model of [before, after])
      for (const subject of model.bindings[position]?.subjects ?? []) touched.add(subject);
  const members = memberships(after);
  for (const subject of touched) for (const member of members.get(subject) ?? []) touched.add(member);
  return touched;
}

/** What edges read; what they read of bindings and roles is noted. */
function edgeFacts(
  model: AccessModel,
  { minor, cluster }: EscalationFacts,
): { readonly facts: EdgeFacts; readonly reads: RbacReads } {
  const reads = new RbacReads();
  const takers = takeoverRoles(model);
  const facts: EdgeFacts = {
    minor,
    cluster,
    rbac: reads.of(rbacFacts(model)),
    get takeoverRoles() {
      reads.note("takeover roles");
      return takers;
    },
    isSystemNamespace: (namespace) => SYSTEM_NAMESPACES.has(namespace),
    takeoverAccountIn: () => null,
  };
  return { facts, reads };
}

function resultOf(graph: AttackGraph): EscalationResult {
  const { model, held, facts: base } = graph;
  const accounts = new Map<string, string | null>();
  const facts: EdgeFacts = {
    ...base,
    takeoverAccountIn(namespace) {
      let account = accounts.get(namespace);
      if (account === undefined) accounts.set(namespace, (account = graph.nearestAccount(namespace)));
      return account;
    },
  };
  const byDefault = new HeldEdges(model, base, ESCALATION_EDGES, isDefaultBinding);
  const known = new Map<number, readonly Occurrence[]>();
  return {
    facts,
    graph,
    of(subject) {
      let list = known.get(subject);
      if (!list) known.set(subject, (list = occurrencesOf(subject, held, byDefault, graph, facts)));
      return list;
    },
    ofRole: (role, namespace) => held.ofRole(role, namespace),
  };
}

/** An occurrence before its places are final. */
interface Draft {
  readonly edge: EscalationEdge;
  readonly places: readonly HeldEdge[];
  /** Given by default bindings in every place. */
  readonly expected: boolean;
}

function occurrencesOf(
  subject: number,
  held: HeldEdges,
  byDefault: HeldEdges,
  graph: AttackGraph,
  facts: EdgeFacts,
): readonly Occurrence[] {
  const byEdge = Map.groupBy(held.of(subject, true), ({ edge }) => edge);
  if (byEdge.size === 0) return [];
  const defaults = byDefault.of(subject, true);
  const drafts = [...byEdge].map(([edge, places]): Draft => {
    const given = defaults.filter((other) => other.edge === edge);
    const expected = places.every(({ place }) =>
      given.some(({ place: { namespace } }) => namespace === null || namespace === place.namespace),
    );
    return { edge, places: [...places].sort(comparePlaces), expected };
  });
  return withoutImplied(drafts)
    .map((draft) => finish(draft, graph, facts))
    .map((occurrence) => raisedForMany(occurrence, graph.model, subject))
    .sort(compareOccurrences);
}

function comparePlaces({ place: a }: HeldEdge, { place: b }: HeldEdge): number {
  return (
    Number(a.namespace !== null) - Number(b.namespace !== null) || compareText(a.namespace ?? "", b.namespace ?? "")
  );
}

function finish({ edge, places, expected }: Draft, graph: AttackGraph, facts: EdgeFacts): Occurrence {
  let worst: { severity: Severity; held: HeldEdge } | undefined;
  for (const held of places) {
    const severity = severityIn(held, graph, facts);
    if (!worst || severityRank(severity) < severityRank(worst.severity)) worst = { severity, held };
  }
  const clusterWide = places.some(({ place }) => place.namespace === null);
  return {
    edge,
    clusterWide,
    namespaces: clusterWide ? [] : places.flatMap(({ place }) => place.namespace ?? []),
    severity: worst?.severity ?? "low",
    worstNamespace: worst?.held.place.namespace ?? null,
    worstPlace: worst?.held.place ?? { namespace: null },
    state: worst?.held.state ?? { state: "active" },
    expected,
    inherited: places.every(({ inherited }) => inherited),
  };
}

/** What everybody holds is worse than what one subject holds, unless Kubernetes gives it to everybody itself. */
function raisedForMany(occurrence: Occurrence, model: AccessModel, subject: number): Occurrence {
  const self = model.subjects[subject];
  const breadth = self ? breadthOf(self) : null;
  if (breadth === null || occurrence.expected || occurrence.inherited || occurrence.state.state !== "active")
    return occurrence;
  return { ...occurrence, severity: raisedBy(breadth, occurrence.severity) };
}

/** What the edge is worth by itself, or critical where it leads on to cluster-admin; what does not work now is at most low. */
function severityIn({ edge, place, gains, state }: HeldEdge, graph: AttackGraph, facts: EdgeFacts): Severity {
  if (state.state !== "active") return "low";
  return gains.some((gain) => graph.leadsToTakeover(gain)) ? "critical" : edge.severity(place, facts);
}

/** Leaves out what a stronger edge gives anyway: everything under cluster-admin, and an implied edge where its giver holds. */
function withoutImplied(list: readonly Draft[]): readonly Draft[] {
  return list.flatMap((draft) => {
    let { places } = draft;
    for (const other of list) {
      if (other === draft || (other.edge.implies !== "all" && !other.edge.implies.includes(draft.edge.id))) continue;
      if (other.expected && !draft.expected) continue;
      places = places.filter(({ place, state }) => !other.places.some((held) => covers(held, place, state)));
    }
    return places.length > 0 ? [{ ...draft, places }] : [];
  });
}

function covers({ place, state }: HeldEdge, other: Place, otherState: EdgeState): boolean {
  if (state.state !== "active" && otherState.state === "active") return false;
  const { names } = place;
  if (names && !other.names?.every((name) => names.includes(name))) return false;
  return place.namespace === null || place.namespace === other.namespace;
}

function compareOccurrences(a: Occurrence, b: Occurrence): number {
  return (
    Number(a.expected) - Number(b.expected) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    Number(b.clusterWide) - Number(a.clusterWide) ||
    ESCALATION_EDGES.indexOf(a.edge) - ESCALATION_EDGES.indexOf(b.edge)
  );
}

/** The worst severity of a subject's occurrences that are not Kubernetes' own defaults; undefined when there is none. */
export function subjectSeverity(occurrences: readonly Occurrence[]): Severity | undefined {
  return occurrences.reduce<Severity | undefined>(
    (worst, { severity, expected }) => (expected ? worst : worstSeverity(worst, severity)),
    undefined,
  );
}
