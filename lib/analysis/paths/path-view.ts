import type { AttackPathView, PathStep } from "../../contracts/paths.ts";
import {
  describeRight,
  MOST_ALIKE,
  needsOfStep,
  type AttackGraph,
  type AttackPath,
  type RuleGrant,
  type Step,
} from "../../engines/escalation/index.ts";
import type { Grant } from "../../model/access.ts";
import { capitalised } from "../words.ts";
import { placeOf, targetSeverity } from "./place-words.ts";

/** A path in words, with the proof of every step. Steps that only tie others together are folded into them. */
export function pathView(graph: AttackGraph, { steps, effort, alike }: AttackPath, target: number): AttackPathView {
  const [first] = steps;
  const vertex = graph.vertices[target];
  if (!first || !vertex) throw new RangeError("a path has at least one step");
  const views = foldedSteps(steps).map((part) => stepView(graph, steps, part));
  const to = placeOf(vertex, graph.model);
  return {
    from: place(graph, first.from),
    to,
    severity: targetSeverity(vertex),
    sentence: capitalised(
      [
        ...views.map(({ action }) => action),
        `${to.subject === undefined ? to.label.toLowerCase() : "acts as"} ${to.title}`,
      ].join(", then "),
    ),
    effort,
    alike: alike - 1,
    manyAlike: alike >= MOST_ALIKE,
    steps: views,
  };
}

/** Groups each step with the free steps that follow it; free steps at the start belong to the first one. */
export function foldedSteps(steps: readonly Step[]): readonly (readonly Step[])[] {
  const parts: Step[][] = [];
  let before: Step[] = [];
  for (const step of steps) {
    const last = parts.at(-1);
    if (step.effort > 0) {
      parts.push([...before, step]);
      before = [];
    } else if (last) last.push(step);
    else before.push(step);
  }
  const last = parts.at(-1);
  if (last) last.push(...before);
  else parts.push(before);
  return parts;
}

function stepView(graph: AttackGraph, steps: readonly Step[], part: readonly Step[]): PathStep {
  const main = part.find(({ effort }) => effort > 0) ?? part[0];
  const last = part.at(-1);
  const first = part[0];
  if (!main || !last || !first) throw new RangeError("a part has at least one step");
  const { via, state } = main;
  const shared = {
    from: place(graph, first.from),
    to: place(graph, last.to),
    state: state.state,
    reason: state.state === "active" ? null : state.reason,
  };
  if (via.type === "link") {
    const { id, name, gives, fix, technique, source } = via.link;
    const facts = [
      ...new Set(
        part.flatMap((step) => (step.via.type === "link" && step.effort > 0 ? (step.via.fact.because ?? []) : [])),
      ),
    ];
    return {
      id,
      name,
      // Only a group can be named in the words of a link: what the others lead to is said by the place.
      action: id === "MEMBER_OF" && via.fact.because !== undefined ? `${name} ${via.fact.because}` : name,
      ...shared,
      needs: [],
      facts,
      gives,
      precondition: null,
      fix,
      technique,
      reference: source,
    };
  }
  const { edge, place: where } = via;
  return {
    id: edge.id,
    name: edge.name,
    action: edge.sentence(where, graph.facts),
    ...shared,
    needs: needsOf(graph, steps, main),
    facts: [],
    gives: edge.gives,
    precondition: edge.precondition ?? null,
    fix: edge.fix,
    technique: edge.technique,
    reference: edge.source,
  };
}

function needsOf(graph: AttackGraph, steps: readonly Step[], step: Step): PathStep["needs"] {
  const { via } = step;
  if (via.type !== "right") return [];
  const views = needsOfStep(graph, steps, steps.indexOf(step)).map(({ query, grants, reviews }) => {
    const grant = grants[0] ? grantOf(graph, grants[0]) : null;
    return {
      request: query ? describeRight(query, grant, graph.model, via.place.namespace ?? "") : "",
      grant,
      otherGrants: Math.max(0, new Set(grants.map(({ binding }) => binding)).size - 1),
      reviews: [...reviews],
    };
  });
  // With and without a limit to names the right may be the same.
  return [...new Map(views.map((view) => [JSON.stringify(view), view])).values()];
}

function grantOf({ model }: AttackGraph, { binding, subject, role, rule }: RuleGrant): Grant | null {
  const bound = model.bindings[binding];
  const through = model.subjects[subject];
  const held = model.roles[role];
  return bound && through && held ? { binding: bound.ref, role: held.ref, ruleIndex: rule, through } : null;
}

function place(graph: AttackGraph, position: number) {
  const vertex = graph.vertices[position];
  if (!vertex) throw new RangeError(`no vertex ${position}`);
  return placeOf(vertex, graph.model);
}
