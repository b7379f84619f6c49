import {
  grantsOfStep,
  isDefaultBinding,
  losingSubjects,
  restsOf,
  UNREACHED,
  wayOf,
  type AttackGraph,
  type Step,
} from "../../engines/escalation/index.ts";
import type { ObjectRef } from "../../model/object-ref.ts";
import { compareText } from "../../model/subject-name.ts";
import { isSystemSubject, type AccessAnalysis } from "../analyze-access.ts";

/** Bindings whose removal is worked out at most. Each costs a search of the whole graph. */
const MOST_EVALUATED = 60;
/** Vertices looked at in all of these searches together. */
const MOST_VERTICES = 2_500_000;

/** A binding, and who reaches cluster-admin now but not without it, by position in the model. */
export interface BindingImpact {
  readonly binding: number;
  readonly losing: readonly number[];
  /** Least effort of a shortest way that it breaks. */
  readonly nearest: number;
}

export interface DangerousBindings {
  /** As of `reachingSubjects`. */
  readonly reaching: readonly number[];
  /** Bindings behind a step on a shortest way that have no other beside them for it. */
  readonly candidates: number;
  readonly evaluated: number;
  /** No binding that was not evaluated takes it from more subjects than this. */
  readonly mostLeft: number;
  /** The `shown` bindings with the most losing subjects, at least one each; most first, then those behind the shortest way, then by name. */
  readonly impacts: readonly BindingImpact[];
  /** How many lose every way when all bindings of `impacts` are removed. */
  readonly together: number;
}

/**
 * For single bindings that an operator can remove: who loses every way to cluster-admin. A subject can only lose all ways when its shortest one
 * breaks, so counting the shortest ways that a binding breaks bounds its effect from above; bindings are worked out in the order of that
 * bound until no other can come before those found. Deterministic; never throws. Cost: one search of the graph per evaluated binding.
 */
export function dangerousBindings(analysis: AccessAnalysis, shown: number): DangerousBindings {
  const { graph } = analysis.escalation;
  const reaching = reachingSubjects(analysis);
  const candidates = candidatesOf(graph, reaching);
  const limit = Math.min(MOST_EVALUATED, Math.max(shown, Math.floor(MOST_VERTICES / graph.vertexCount)));
  let impacts: readonly BindingImpact[] = [];
  let evaluated = 0;
  for (const { binding, bound, nearest } of candidates) {
    const last = impacts[shown - 1];
    if (evaluated >= limit || (last && bound < last.losing.length)) break;
    evaluated += 1;
    const losing = losingWithout(analysis, [binding]);
    if (losing.length === 0) continue;
    impacts = [...impacts, { binding, losing, nearest }]
      .sort((a, b) => b.losing.length - a.losing.length || compareCandidates(graph, a, b))
      .slice(0, shown);
  }
  return {
    reaching,
    candidates: candidates.length,
    evaluated,
    mostLeft: candidates[evaluated]?.bound ?? 0,
    impacts,
    together: losingWithout(
      analysis,
      impacts.map(({ binding }) => binding),
    ).length,
  };
}

/** Subjects that reach cluster-admin, by position; those of Kubernetes itself are left out. */
export function reachingSubjects(analysis: AccessAnalysis): readonly number[] {
  const { model, escalation } = analysis;
  const { effort } = escalation.graph.toTakeover;
  return [...model.subjects.keys()].filter(
    (subject) =>
      (effort[escalation.graph.sourceOf(subject)] ?? UNREACHED) < UNREACHED && !isSystemSubject(analysis, subject),
  );
}

/** The subjects of `reachingSubjects` that lose every way when bindings are removed. Cost: a search of the graph. */
export function losingWithout(analysis: AccessAnalysis, bindings: readonly number[]): readonly number[] {
  if (bindings.length === 0) return [];
  const { graph } = analysis.escalation;
  const changes = bindings.map((binding) => ({ type: "binding", binding }) as const);
  return losingSubjects(graph, changes, graph.target("cluster-admin")).filter(
    (subject) => !isSystemSubject(analysis, subject),
  );
}

interface Candidate {
  readonly binding: number;
  /** How many shortest ways it breaks. */
  readonly bound: number;
  readonly nearest: number;
}

/** Bindings that break the shortest way of some subject; those that break most first. */
function candidatesOf(graph: AttackGraph, reaching: readonly number[]): readonly Candidate[] {
  const breakingStep = new Map<Step, readonly number[]>();
  const candidates = new Map<number, Candidate>();
  for (const subject of reaching) {
    const behind = new Set<number>();
    for (const step of wayOf(graph, graph.toTakeover, graph.sourceOf(subject), "to")) {
      let bindings = breakingStep.get(step);
      if (!bindings) breakingStep.set(step, (bindings = bindingsBehind(graph, step)));
      for (const binding of bindings) behind.add(binding);
    }
    const effort = graph.toTakeover.effort[graph.sourceOf(subject)] ?? UNREACHED;
    for (const binding of behind) {
      const { bound, nearest } = candidates.get(binding) ?? { bound: 0, nearest: UNREACHED };
      candidates.set(binding, { binding, bound: bound + 1, nearest: Math.min(nearest, effort) });
    }
  }
  return [...candidates.values()].sort((a, b) => b.bound - a.bound || compareCandidates(graph, a, b));
}

/** Bindings without which a step is gone, or may be: those that alone give one of its needs or what else it rests on, and each of those that give different names. */
function bindingsBehind(graph: AttackGraph, step: Step): readonly number[] {
  const limited = step.via.type === "right" && Boolean(step.via.place.names);
  const found = new Set<number>();
  for (const grants of grantsOfStep(graph, step)) {
    const bindings = new Set(grants.map(({ binding }) => binding));
    if (bindings.size === 1 || limited) for (const binding of bindings) found.add(binding);
  }
  // Somebody else's binding that can be joined, or one's own to a role that can be rewritten.
  const [rest = [], ...others] = restsOf(graph, step) ?? [];
  if (others.length === 0) for (const change of rest) if (change.type === "binding") found.add(change.binding);
  return [...found].filter((position) => {
    const binding = graph.model.bindings[position];
    return binding !== undefined && !isDefaultBinding(binding);
  });
}

type Ranked = Pick<Candidate, "binding" | "nearest">;

/** The shortest way first; then cluster-wide ones, then by namespace and name. */
function compareCandidates({ model }: AttackGraph, a: Ranked, b: Ranked): number {
  return (
    a.nearest - b.nearest || compareText(refKey(model.bindings[a.binding]?.ref), refKey(model.bindings[b.binding]?.ref))
  );
}

function refKey(ref: ObjectRef | undefined): string {
  return ref ? JSON.stringify([ref.kind, ref.namespace ?? "", ref.name]) : "";
}
