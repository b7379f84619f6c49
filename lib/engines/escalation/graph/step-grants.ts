import { memberGroups, rulesFor, type AccessModel, type CompiledBinding, type RightQuery } from "../../rbac/index.ts";
import { isRestored } from "./restored.ts";
import { restsOf, type RestingGraph } from "./step-rests.ts";
import type { Step } from "./step.ts";
import { changeKey, type Change, type ChangeSet } from "./change.ts";

/** A graph whose steps by rights lead back to bindings and rules. */
export type GrantGraph = RestingGraph;

/** One rule of one role that gives a right; -1 as binding for what is held by a binding that is still to be made. */
export interface RuleGrant {
  readonly binding: number;
  /** Position of the subject that the binding names; -1 where there is no binding. */
  readonly subject: number;
  readonly role: number;
  /** Position of the rule within the role. */
  readonly rule: number;
}

/** For every need of a step by rights, everything that gives it; empty for links. */
export function grantsOfStep(graph: GrantGraph, step: Step): readonly (readonly RuleGrant[])[] {
  const { via } = step;
  const vertex = graph.vertexAt(step.from);
  if (via.type !== "right" || !vertex) return [];
  const { model, facts } = graph;
  return via.edge.needs(facts).map((alternatives) => {
    if (vertex.type === "role")
      return rulesIn(model, vertex.role, alternatives).map((rule) => ({
        binding: -1,
        subject: -1,
        role: vertex.role,
        rule,
      }));
    if (vertex.type !== "subject") return [];
    return [vertex.subject, ...memberGroups(model, vertex.subject)].flatMap((subject) =>
      (model.bindingsOfSubject[subject] ?? []).flatMap((position) => {
        const binding = model.bindings[position];
        if (!binding || binding.role < 0 || !holdsIn(binding, via.place.namespace)) return [];
        return rulesIn(model, binding.role, alternatives).map((rule) => ({
          binding: position,
          subject,
          role: binding.role,
          rule,
        }));
      }),
    );
  });
}

/**
 * What takes a step by rights away: a list for each of its needs, and one for what else it rests on. Of each entry of one list some change has to be made; an
 * entry without any is there to stay. Where rights are limited to names, any of them may be the one that leads on, so each has a list of its own.
 */
function optionsOf(graph: GrantGraph, step: Step): readonly (readonly (readonly Change[])[])[] {
  const byRights = grantsOfStep(graph, step).flatMap((grants) => {
    const options = grants.map((grant) => changesToGrant(graph, grant));
    return grants.some((grant) => isLimited(graph, grant)) ? options.map((changes) => [changes]) : [options];
  });
  const rests = restsOf(graph, step) ?? [];
  return rests.length === 0 ? byRights : [...byRights, rests];
}

/**
 * A number of changes beside `taken` that taking away a step which they left needs at least; Infinity when nothing helps. Entries of one list that have no
 * change in common need one each.
 */
export function fewestChanges(graph: GrantGraph, step: Step, taken: ChangeSet): number {
  const { via } = step;
  if (via.type === "link") return via.fact.change ? 1 : Infinity;
  const counts = optionsOf(graph, step).map((options) => {
    const used = new Set<string>();
    let count = 0;
    for (const changes of options) {
      if (changes.some((change) => taken.has(change))) continue;
      if (changes.length === 0) return Infinity;
      const keys = changes.map(changeKey);
      if (keys.some((key) => used.has(key))) continue;
      for (const key of keys) used.add(key);
      count += 1;
    }
    return count;
  });
  return Math.max(1, Math.min(...counts));
}

/** Every change that could have a part in taking a step away, alone or together with others. */
export function changesTo(graph: GrantGraph, step: Step): readonly Change[] {
  const { via } = step;
  if (via.type === "link") return via.fact.change ? [via.fact.change] : [];
  return optionsOf(graph, step).flat(2);
}

/**
 * Every choice of at most `most` changes beside `taken` that takes a step away. A cut of that size contains one of them, so a search that follows all of
 * them misses none.
 */
export function choicesToRemove(
  graph: GrantGraph,
  step: Step,
  taken: ChangeSet,
  most: number,
): readonly (readonly Change[])[] {
  const { via } = step;
  if (via.type === "link") return via.fact.change && most > 0 ? [[via.fact.change]] : [];
  return optionsOf(graph, step).flatMap((options) =>
    choicesOfEach(
      options.filter((changes) => !changes.some((change) => taken.has(change))),
      most,
    ),
  );
}

/** Sets of at most `most` changes that contain one of every list of options; none where a list is empty. */
function choicesOfEach(options: readonly (readonly Change[])[], most: number): readonly (readonly Change[])[] {
  const [first] = options;
  if (!first) return [[]];
  if (most === 0) return [];
  return first.flatMap((change) => {
    const key = changeKey(change);
    const left = options.filter((other) => !other.some((one) => changeKey(one) === key));
    return choicesOfEach(left, most - 1).map((others) => [change, ...others]);
  });
}

function isLimited({ model }: GrantGraph, { role, rule }: RuleGrant): boolean {
  const id = model.roles[role]?.ruleIds[rule] ?? -1;
  return (model.index.rules[id]?.resourceNames.length ?? 0) > 0;
}

function changesToGrant(graph: GrantGraph, grant: RuleGrant): readonly Change[] {
  return [bindingChange(graph, grant), ruleChange(graph, grant)].filter((change) => change !== null);
}

/**
 * Ways to take a step away, each a list of changes to make together: for a right, the bindings or the rules that give one of its needs, or what else it
 * rests on; for a link, the setting behind it. What the API server makes again at its next start is never offered. Empty when nothing helps.
 */
export function waysToRemove(graph: GrantGraph, step: Step): readonly (readonly Change[])[] {
  const { via } = step;
  if (via.type === "link") return via.fact.change ? [[via.fact.change]] : [];
  const byRights = grantsOfStep(graph, step).flatMap((grants) => {
    const bindings = grants.map((grant) => bindingChange(graph, grant));
    const rules = grants.map((grant) => ruleChange(graph, grant));
    return [bindings, rules, fewest(bindings, rules)].flatMap((changes) => {
      const possible = changes.filter((change) => change !== null);
      return grants.length > 0 && possible.length === changes.length ? [distinct(possible)] : [];
    });
  });
  const rests = restsOf(graph, step) ?? [];
  return rests.length === 0 ? byRights : [...byRights, distinct(rests.flatMap(([first]) => first ?? []))];
}

function bindingChange({ model }: GrantGraph, { binding }: RuleGrant): Change | null {
  return binding >= 0 && !isRestored(model.bindings[binding]?.object) ? { type: "binding", binding } : null;
}

function ruleChange({ model }: GrantGraph, { role, rule }: RuleGrant): Change | null {
  return isRestored(model.roles[role]?.object) ? null : { type: "rule", role, rule };
}

/** A choice of bindings and rules together: each grant by whichever takes away more grants at once. */
function fewest(bindings: readonly (Change | null)[], rules: readonly (Change | null)[]): readonly (Change | null)[] {
  const count = (list: readonly (Change | null)[], change: Change | null) =>
    list.filter((other) => JSON.stringify(other) === JSON.stringify(change)).length;
  return bindings.map((binding, index) => {
    const rule = rules[index] ?? null;
    if (binding === null || rule === null) return binding ?? rule;
    return count(rules, rule) > count(bindings, binding) ? rule : binding;
  });
}

function distinct(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

function holdsIn({ ref, namespace }: CompiledBinding, place: string | null): boolean {
  return ref.kind === "ClusterRoleBinding" || namespace === place;
}

function rulesIn(model: AccessModel, role: number, alternatives: readonly RightQuery[]): readonly number[] {
  const sets = alternatives.map((query) => rulesFor(model, query));
  return (model.roles[role]?.ruleIds ?? []).flatMap((id, position) =>
    sets.some((set) => set.has(id)) ? [position] : [],
  );
}
