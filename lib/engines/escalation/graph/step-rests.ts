import { takeoverRules } from "../takeover-roles.ts";
import type { AttackGraph } from "./attack-graph.ts";
import type { Change } from "./change.ts";
import { clusterRoleNamed, gainVertices } from "./graph-builder.ts";
import { isRestored } from "./restored.ts";
import type { Step } from "./step.ts";
import { vertexKey, type Vertex } from "./vertex.ts";

/** A graph whose steps by rights can be asked what they rest on. */
export type RestingGraph = Pick<AttackGraph, "model" | "facts" | "held" | "vertexAt" | "readingCost">;

/** More bindings than this are not worth taking away for one step, and not worth looking for. */
const MOST_BINDINGS = 8;

/** More of this, as `readingCost` counts it, takes too long to be found again for every change that is tried. */
export const MOST_READING = 10_000;

/** Null: it could not be found, so fewer changes than are known may do. */
type Rests = readonly (readonly Change[])[] | null;

const KNOWN = new WeakMap<Step, Rests>();

/**
 * By what else than its rights a step leads where it leads: a binding that one can join, or that gives the role which one may rewrite. An entry for each that is
 * enough alone, with the changes of which one takes it away; the step is gone when all are. Empty where it needs nothing else, or where that is not for an
 * operator to change: what the API server makes again, and more than `MOST_BINDINGS` bindings. Null where finding it takes too long.
 */
export function restsOf(graph: RestingGraph, step: Step): Rests {
  if (step.via.type === "right" && graph.readingCost(step.from) > MOST_READING) return null;
  let known = KNOWN.get(step);
  if (known === undefined) KNOWN.set(step, (known = findRests(graph, step)));
  return known;
}

function findRests(graph: RestingGraph, step: Step): Rests {
  const end = graph.vertexAt(step.to);
  const leads = end && trialOf(graph, step, end);
  if (!leads) return [];
  const { model, facts } = graph;
  const isKept = (position: number) => isRestored(model.bindings[position]?.object);
  const takers = facts.takeoverRoles;
  const keptTakers = takers.filter((name) => rulesOf(graph, name).length === 0);
  /** By which strong roles it leads there with some bindings. */
  const rulesWith = (keeps: (binding: number) => boolean) =>
    takers.map((name) => (leads(keeps, [...keptTakers, name]) ? rulesOf(graph, name) : []));
  if (leads(isKept, keptTakers)) return [];
  if (leads(isKept, takers)) return rulesWith(isKept).flatMap((rules) => rules.map((rule) => [rule]));
  const enough = (some: readonly number[]) => {
    const chosen = new Set(some);
    return leads((position) => chosen.has(position) || isKept(position), takers);
  };
  const bindings = enoughAlone(
    candidatesOf(graph, end).filter((position) => !isKept(position)),
    enough,
  );
  if (bindings.length > MOST_BINDINGS) {
    if (end.type === "role") return [];
    // So many bindings that only their strong roles can be changed, where there is nothing else: one rule each is never more than their bindings.
    const byRole = leads(() => true, keptTakers) ? null : rulesWith(() => true);
    return byRole?.every((rules) => rules.length <= 1) ? byRole.filter((rules) => rules.length > 0) : null;
  }
  return bindings.flatMap((binding): (readonly Change[])[] => {
    const change: Change = { type: "binding", binding };
    const alsoWithoutRule = leads((position) => position === binding || isKept(position), keptTakers);
    const rules = alsoWithoutRule ? [] : rulesOf(graph, model.bindings[binding]?.roleRef.name ?? "");
    return rules.length === 0 ? [[change]] : rules.map((rule) => [change, rule]);
  });
}

type Trial = (keeps: (binding: number) => boolean, takeoverRoles: readonly string[]) => boolean;

/** Asks whether a step would still lead to its end by some bindings and some roles that give everything; null where it is no step by rights. */
function trialOf(graph: RestingGraph, { from, via }: Step, end: Vertex): Trial | null {
  const source = graph.vertexAt(from);
  if (via.type !== "right" || (source?.type !== "subject" && source?.type !== "role")) return null;
  const key = vertexKey(end);
  return (keeps, takeoverRoles) =>
    graph.held
      .gainWith(via, source, { keeps, takeoverRoles })
      .some((gain) => gainVertices(gain, graph.model).some((vertex) => vertexKey(vertex) === key));
}

/** Removing one of the rules of a cluster role by which it gives everything; none for a role that the API server makes again. */
function rulesOf({ model }: RestingGraph, name: string): readonly Change[] {
  const role = clusterRoleNamed(model, name);
  if (role === undefined || isRestored(model.roles[role]?.object)) return [];
  return takeoverRules(model, role).map((rule) => ({ type: "rule", role, rule }));
}

/** Bindings by which a step could lead to its end: what is gained in the whole cluster is bound there. */
function candidatesOf({ model }: RestingGraph, end: Vertex): readonly number[] {
  if (end.type === "role") return model.bindingsOfRole[end.role] ?? [];
  if (end.type === "target") return model.clusterBindings;
  if (end.type === "namespace-admin") return model.bindingsOfNamespace.get(end.namespace ?? "") ?? [];
  return [];
}

/** Those of some bindings of which one is enough; more than `MOST_BINDINGS` are not looked for. Asks some times as often as there are. */
function enoughAlone(bindings: readonly number[], enough: (some: readonly number[]) => boolean): readonly number[] {
  const found: number[] = [];
  const visit = (some: readonly number[]): void => {
    if (found.length > MOST_BINDINGS || some.length === 0 || !enough(some)) return;
    if (some.length === 1) found.push(...some);
    else {
      const half = some.length >>> 1;
      visit(some.slice(0, half));
      visit(some.slice(half));
    }
  };
  visit(bindings);
  return found;
}
