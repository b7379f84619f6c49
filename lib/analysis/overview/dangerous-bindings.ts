import {
  grantsOfStep,
  isDefaultBinding,
  losingSubjects,
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
const MOST_VERTICES = 6_000_000;

/** A binding, and who reaches cluster-admin now but not without it, by position in the model. */
export interface BindingImpact {
  readonly binding: number;
  readonly losing: readonly number[];
}

export interface DangerousBindings {
  /** Subjects that reach cluster-admin, by position; those of Kubernetes itself are left out. */
  readonly reaching: readonly number[];
  /** Bindings behind a step on a shortest way that have no other beside them for it. */
  readonly candidates: number;
  readonly evaluated: number;
  /** No binding that was not evaluated takes it from more subjects than this. */
  readonly mostLeft: number;
  /** The `shown` bindings with the most losing subjects, at least one each; most first, then by name. */
  readonly impacts: readonly BindingImpact[];
}

/**
 * For single bindings that an operator can remove: who loses every way to cluster-admin. A subject can only lose all ways when its shortest one
 * breaks, so counting the shortest ways that a binding breaks bounds its effect from above; bindings are worked out in the order of that
 * bound until no other can come before those found. Deterministic; never throws. Cost: one search of the graph per evaluated binding.
 */
export function dangerousBindings(analysis: AccessAnalysis, shown: number): DangerousBindings {
  const { graph } = analysis.escalation;
  const { effort } = graph.toTakeover;
  const own = new Set(
    [...analysis.model.subjects.keys()].filter(
      (subject) => analysis.model.exists[subject] === true && !isSystemSubject(analysis, subject),
    ),
  );
  const reaching = [...own].filter((subject) => (effort[graph.sourceOf(subject)] ?? UNREACHED) < UNREACHED);
  const candidates = boundsOf(graph, reaching);
  const limit = Math.min(MOST_EVALUATED, Math.max(shown, Math.floor(MOST_VERTICES / graph.vertexCount)));
  const target = graph.target("cluster-admin");
  let impacts: readonly BindingImpact[] = [];
  let evaluated = 0;
  for (const { binding, bound } of candidates) {
    const last = impacts[shown - 1];
    if (evaluated >= limit || (last && bound <= last.losing.length)) break;
    evaluated += 1;
    const losing = losingSubjects(graph, [{ type: "binding", binding }], target).filter((subject) => own.has(subject));
    if (losing.length > 0) impacts = [...impacts, { binding, losing }].sort(compareImpacts(graph)).slice(0, shown);
  }
  return {
    reaching,
    candidates: candidates.length,
    evaluated,
    mostLeft: candidates[evaluated]?.bound ?? 0,
    impacts,
  };
}

/** Candidates with the number of shortest ways that they break, most first. */
function boundsOf(
  graph: AttackGraph,
  reaching: readonly number[],
): readonly { readonly binding: number; readonly bound: number }[] {
  const breakingStep = new Map<Step, readonly number[]>();
  const bounds = new Map<number, number>();
  for (const subject of reaching) {
    const behind = new Set<number>();
    for (const step of wayOf(graph, graph.toTakeover, graph.sourceOf(subject), "to")) {
      let bindings = breakingStep.get(step);
      if (!bindings) breakingStep.set(step, (bindings = bindingsBehind(graph, step)));
      for (const binding of bindings) behind.add(binding);
    }
    for (const binding of behind) bounds.set(binding, (bounds.get(binding) ?? 0) + 1);
  }
  return [...bounds]
    .map(([binding, bound]) => ({ binding, bound }))
    .sort((a, b) => b.bound - a.bound || compareBindings(graph, a.binding, b.binding));
}

/** Bindings without which a step is gone, or may be: those that alone give one of its needs, and each of those that give different names. */
function bindingsBehind(graph: AttackGraph, step: Step): readonly number[] {
  const limited = step.via.type === "right" && Boolean(step.via.place.names);
  const found = new Set<number>();
  for (const grants of grantsOfStep(graph, step)) {
    const bindings = new Set(grants.map(({ binding }) => binding));
    if (bindings.size === 1 || limited) for (const binding of bindings) found.add(binding);
  }
  return [...found].filter((position) => {
    const binding = graph.model.bindings[position];
    return binding !== undefined && !isDefaultBinding(binding);
  });
}

function compareImpacts(graph: AttackGraph): (a: BindingImpact, b: BindingImpact) => number {
  return (a, b) => b.losing.length - a.losing.length || compareBindings(graph, a.binding, b.binding);
}

/** Cluster-wide ones first, then by namespace and name. */
function compareBindings({ model }: AttackGraph, a: number, b: number): number {
  return compareText(refKey(model.bindings[a]?.ref), refKey(model.bindings[b]?.ref));
}

function refKey(ref: ObjectRef | undefined): string {
  return ref ? JSON.stringify([ref.kind, ref.namespace ?? "", ref.name]) : "";
}
