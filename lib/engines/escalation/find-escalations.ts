import { labelValue } from "../../model/labels.ts";
import { severityRank, worstSeverity, type Severity } from "../../model/severity.ts";
import { compareText } from "../../model/subject-name.ts";
import {
  both,
  clusterOnly,
  either,
  holding,
  knownGroups,
  type AccessModel,
  type CompiledBinding,
  type Holding,
} from "../rbac/index.ts";
import type { EdgeFacts, EscalationEdge } from "./edge.ts";
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
  /** Given by default bindings of Kubernetes alone. */
  readonly expected: boolean;
  /** Held only because a group of the subject holds all of it. */
  readonly inherited: boolean;
}

export interface EscalationResult {
  /** By position in `AccessModel.subjects`; worst first. Edges that a stronger one implies are left out. */
  readonly bySubject: readonly (readonly Occurrence[])[];
  readonly facts: EdgeFacts;
}

/** What the search reads of the cluster beside its RBAC. */
export interface EscalationFacts {
  readonly minor: number | null;
}

const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system"]);
const DEFAULTS_LABEL = "kubernetes.io/bootstrapping";

/** Whether a binding is one of those that the API server itself creates and repairs at start. */
export function isDefaultBinding({ object }: CompiledBinding): boolean {
  return labelValue(object.metadata.labels, DEFAULTS_LABEL) === "rbac-defaults";
}

/**
 * Finds every edge that any subject holds. Two passes: the first finds accounts that take over the cluster by themselves,
 * the second grades namespaces by whether such an account lives there. Cost: edges × bindings of matching roles. Never throws.
 */
export function findEscalations(model: AccessModel, { minor }: EscalationFacts): EscalationResult {
  const base: EdgeFacts = {
    minor,
    takeoverRoles: takeoverRoles(model),
    isSystemNamespace: (namespace) => SYSTEM_NAMESPACES.has(namespace),
    takeoverAccountIn: () => null,
  };
  const held = ESCALATION_EDGES.map((edge) => heldEdge(model, edge, base, () => true));
  const byDefault = ESCALATION_EDGES.map((edge) => heldEdge(model, edge, base, isDefaultBinding));
  const accounts = takeoverAccounts(model, held, byDefault, base);
  const facts: EdgeFacts = { ...base, takeoverAccountIn: (namespace) => accounts.get(namespace) ?? null };

  const drafts: Draft[][] = model.subjects.map(() => []);
  ESCALATION_EDGES.forEach((edge, position) => {
    const all = held[position];
    const defaults = byDefault[position];
    if (all && defaults) collect(model, edge, all, defaults, drafts);
  });
  const bySubject = drafts.map((list) =>
    withoutImplied(list)
      .map((draft) => finish(draft, facts))
      .sort(compareOccurrences),
  );
  return { bySubject, facts };
}

/** Who holds an edge: the conjunction of its needs, each the union of its alternatives, cut to the edge's scope. */
function heldEdge(
  model: AccessModel,
  edge: EscalationEdge,
  facts: EdgeFacts,
  counts: (binding: CompiledBinding) => boolean,
): Holding {
  const clauses = edge
    .needs(facts)
    .map((alternatives) => alternatives.map((query) => holding(model, query, counts)).reduce(either));
  const result = clauses.reduce(both);
  return edge.scope === "cluster" ? clusterOnly(result) : result;
}

/** ClusterRoles with one rule of `*` everywhere: what is worth binding. */
function takeoverRoles(model: AccessModel): readonly string[] {
  const rules = model.index.matching({
    verb: "*",
    apiGroup: "*",
    resource: "*",
    subresource: "",
    namespace: "",
    name: "",
  });
  return model.roles
    .filter(({ ref, ruleIds }) => ref.kind === "ClusterRole" && ruleIds.some((id) => rules.has(id)))
    .map(({ ref }) => ref.name);
}

/** By namespace, the first existing account that holds a critical cluster-wide edge of its own accord. */
function takeoverAccounts(
  model: AccessModel,
  held: readonly Holding[],
  byDefault: readonly Holding[],
  facts: EdgeFacts,
): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  ESCALATION_EDGES.forEach((edge, position) => {
    if (edge.scope === "namespace-only" || edge.severity({ namespace: null }, facts) !== "critical") return;
    for (const id of held[position]?.cluster ?? []) {
      const subject = model.subjects[id];
      if (subject?.kind !== "ServiceAccount" || !model.exists[id] || byDefault[position]?.cluster.has(id)) continue;
      const namespace = subject.namespace ?? "";
      const known = result.get(namespace);
      if (known === undefined || subject.name < known) result.set(namespace, subject.name);
    }
  });
  return result;
}

/** An occurrence before its places are final. */
interface Draft {
  readonly edge: EscalationEdge;
  readonly clusterWide: boolean;
  readonly namespaces: readonly string[];
  /** Given by default bindings alone, or held by a group, in one place: null for the cluster. */
  isExpectedIn(namespace: string | null): boolean;
  isInheritedIn(namespace: string | null): boolean;
}

function collect(model: AccessModel, edge: EscalationEdge, all: Holding, defaults: Holding, drafts: Draft[][]): void {
  const namespacesOf = new Map<number, string[]>();
  for (const [namespace, subjects] of [...all.namespaces].sort(([a], [b]) => compareText(a, b))) {
    for (const id of subjects) {
      if (all.cluster.has(id)) continue;
      const list = namespacesOf.get(id);
      if (list) list.push(namespace);
      else namespacesOf.set(id, [namespace]);
    }
  }
  const clusterWide = edge.scope === "namespace-only" ? [] : [...all.cluster];
  const holdsIn = (held: Holding, id: number, namespace: string | null) =>
    held.cluster.has(id) || (namespace !== null && held.namespaces.get(namespace)?.has(id) === true);
  for (const id of new Set([...clusterWide, ...namespacesOf.keys()])) {
    const wide = edge.scope !== "namespace-only" && all.cluster.has(id);
    const groups = knownGroupIds(model, id);
    drafts[id]?.push({
      edge,
      clusterWide: wide,
      namespaces: wide ? [] : (namespacesOf.get(id) ?? []),
      isExpectedIn: (namespace) => holdsIn(defaults, id, namespace),
      isInheritedIn: (namespace) => groups.some((group) => holdsIn(all, group, namespace)),
    });
  }
}

function knownGroupIds(model: AccessModel, id: number): readonly number[] {
  const subject = model.subjects[id];
  if (!subject) return [];
  return knownGroups(subject)
    .map((name) => model.findSubject("group", name))
    .filter((group) => group !== undefined);
}

function finish(draft: Draft, facts: EdgeFacts): Occurrence {
  const { edge, clusterWide, namespaces } = draft;
  const places = placesOf(draft);
  let worst: Pick<Occurrence, "severity" | "worstNamespace"> = { severity: "low", worstNamespace: places[0] ?? null };
  for (const namespace of places) {
    const severity = edge.severity({ namespace }, facts);
    if (severityRank(severity) < severityRank(worst.severity)) worst = { severity, worstNamespace: namespace };
  }
  return {
    edge,
    clusterWide,
    namespaces,
    ...worst,
    expected: isExpected(draft),
    inherited: places.every((namespace) => draft.isInheritedIn(namespace)),
  };
}

/** Every place of a draft: null alone for the whole cluster. */
function placesOf({ clusterWide, namespaces }: Draft): readonly (string | null)[] {
  return clusterWide ? [null] : namespaces;
}

function isExpected(draft: Draft): boolean {
  return placesOf(draft).every((namespace) => draft.isExpectedIn(namespace));
}

/** Leaves out what a stronger edge gives anyway: everything under cluster-admin, and an implied edge where its giver holds. */
function withoutImplied(list: readonly Draft[]): Draft[] {
  return list.flatMap((draft) => {
    let { namespaces } = draft;
    for (const other of list) {
      if (other === draft || (other.edge.implies !== "all" && !other.edge.implies.includes(draft.edge.id))) continue;
      if (isExpected(other) && !isExpected(draft)) continue;
      if (other.clusterWide) return [];
      namespaces = namespaces.filter((namespace) => !other.namespaces.includes(namespace));
    }
    return draft.clusterWide || namespaces.length > 0 ? [{ ...draft, namespaces }] : [];
  });
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
