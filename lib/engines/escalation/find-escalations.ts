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

  const occurrences: Occurrence[][] = model.subjects.map(() => []);
  ESCALATION_EDGES.forEach((edge, position) => {
    const all = held[position];
    const defaults = byDefault[position];
    if (all && defaults) collect(model, edge, all, defaults, facts, occurrences);
  });
  return { bySubject: occurrences.map((list) => withoutImplied(list).sort(compareOccurrences)), facts };
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
    if (edge.scope !== "cluster" || edge.severity({ namespace: null }, facts) !== "critical") return;
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

function collect(
  model: AccessModel,
  edge: EscalationEdge,
  all: Holding,
  defaults: Holding,
  facts: EdgeFacts,
  occurrences: Occurrence[][],
): void {
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
  for (const id of new Set([...clusterWide, ...namespacesOf.keys()])) {
    const wide = edge.scope !== "namespace-only" && all.cluster.has(id);
    const namespaces = wide ? [] : (namespacesOf.get(id) ?? []);
    const { severity, namespace } = worstPlace(edge, wide, namespaces, facts);
    const groups = knownGroupIds(model, id);
    occurrences[id]?.push({
      edge,
      clusterWide: wide,
      namespaces,
      severity,
      worstNamespace: namespace,
      expected: wide
        ? defaults.cluster.has(id)
        : namespaces.every((name) => defaults.namespaces.get(name)?.has(id) === true),
      inherited: groups.some((group) =>
        wide
          ? all.cluster.has(group)
          : namespaces.every((name) => all.cluster.has(group) || all.namespaces.get(name)?.has(group) === true),
      ),
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

function worstPlace(edge: EscalationEdge, clusterWide: boolean, namespaces: readonly string[], facts: EdgeFacts) {
  if (clusterWide) return { severity: edge.severity({ namespace: null }, facts), namespace: null };
  let worst: { severity: Severity; namespace: string | null } = { severity: "low", namespace: namespaces[0] ?? null };
  for (const namespace of namespaces) {
    const severity = edge.severity({ namespace }, facts);
    if (severityRank(severity) < severityRank(worst.severity)) worst = { severity, namespace };
  }
  return worst;
}

/** Leaves out what a stronger edge gives anyway: everything under cluster-admin, and an implied edge where its giver holds. */
function withoutImplied(list: readonly Occurrence[]): Occurrence[] {
  return list.flatMap((occurrence) => {
    let remaining = occurrence.namespaces;
    for (const other of list) {
      if (other === occurrence || (other.edge.implies !== "all" && !other.edge.implies.includes(occurrence.edge.id)))
        continue;
      if (other.expected && !occurrence.expected) continue;
      if (other.clusterWide) return [];
      if (!occurrence.clusterWide) remaining = remaining.filter((namespace) => !other.namespaces.includes(namespace));
    }
    if (!occurrence.clusterWide && remaining.length === 0) return [];
    if (remaining.length === occurrence.namespaces.length) return [occurrence];
    const worst = remaining.includes(occurrence.worstNamespace ?? "")
      ? occurrence.worstNamespace
      : (remaining[0] ?? null);
    return [{ ...occurrence, namespaces: remaining, worstNamespace: worst }];
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
