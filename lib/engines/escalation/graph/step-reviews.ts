import type { AccessRequest, AccessReview, UserInfo } from "../../../model/access.ts";
import { rulesFor, userInfoOf, type RightQuery } from "../../rbac/index.ts";
import { memberOf } from "../links/member-of.ts";
import type { AttackGraph } from "./attack-graph.ts";
import type { Step } from "./step.ts";
import { grantsOfStep, type RuleGrant } from "./step-grants.ts";

/** A right may be limited to more names than are worth asking about. */
const MOST_NAMES = 5;

/** One need of a step as it is met on a path. */
export interface StepNeed {
  /** The alternative that is held; the first one when none is known to be. */
  readonly query: RightQuery | null;
  /** Everything that gives one of the alternatives. */
  readonly grants: readonly RuleGrant[];
  /**
   * What the API server allows when the need is met, one for each object name that the right is limited to, at most five. Empty where it cannot
   * be asked: whoever took a role in the step before has no binding that the server knows.
   */
  readonly reviews: readonly AccessReview[];
}

/**
 * The needs of one step of a path, by its position in the path; none for a step that needs no right. Attributes are those that the access engine
 * decided by, taken literally: `*` is asked as `*`, and "" as namespace or name means all of them. Never throws.
 */
export function needsOfStep(graph: AttackGraph, steps: readonly Step[], position: number): readonly StepNeed[] {
  const step = steps[position];
  if (step?.via.type !== "right") return [];
  const { edge, place } = step.via;
  const who = askerAt(graph, steps, position);
  const grantsOfNeeds = grantsOfStep(graph, step);
  return edge.needs(graph.facts).map((alternatives, index) => {
    const grants = grantsOfNeeds[index] ?? [];
    const query = alternatives.find((candidate) => gives(graph, grants[0], candidate)) ?? alternatives[0] ?? null;
    if (!query || !who) return { query, grants, reviews: [] };
    const names = index === 0 || edge.names === "all" ? (place.names ?? null) : null;
    const reviews = requestsOf(graph, query, place.namespace ?? "", names, grants).map((request) => ({ who, request }));
    return { query, grants, reviews };
  });
}

/**
 * Who asks at a step: the user with the groups that the API server adds by itself, also where the right is one of those groups'. Null where the
 * holder is known by a role alone.
 */
function askerAt({ vertices, model }: AttackGraph, steps: readonly Step[], position: number): UserInfo | null {
  let at = position;
  for (let before = steps[at - 1]; before && isMembership(before); before = steps[at - 1]) at -= 1;
  const vertex = vertices[steps[at]?.from ?? -1];
  const subject = vertex?.type === "subject" ? model.subjects[vertex.subject] : undefined;
  return subject ? userInfoOf(subject) : null;
}

function isMembership({ via }: Step): boolean {
  return via.type === "link" && via.link.id === memberOf.id;
}

function requestsOf(
  graph: AttackGraph,
  query: RightQuery,
  namespace: string,
  names: readonly string[] | null,
  grants: readonly RuleGrant[],
): readonly AccessRequest[] {
  const { verb, path, apiGroup, resource, subresource = "" } = query;
  if (path !== undefined) return [{ verb, path }];
  return namesAsked(graph, query, names, grants).map((name) => ({
    verb,
    apiGroup,
    resource,
    subresource,
    namespace,
    name,
  }));
}

/** The names to ask about: those that the path is limited to, as far as the rule that proves the right gives them; "" for no limit. */
function namesAsked(
  graph: AttackGraph,
  query: RightQuery,
  limit: readonly string[] | null,
  grants: readonly RuleGrant[],
): readonly string[] {
  if (query.names !== "any") return [query.name ?? ""];
  const given = grants.filter((grant) => gives(graph, grant, query)).map((grant) => namesOf(graph, grant));
  if (limit === null && given.some(({ length }) => length === 0)) return [""];
  const own = given.find(({ length }) => length > 0) ?? [];
  const both = limit === null || own.length === 0 ? (limit ?? own) : own.filter((name) => limit.includes(name));
  const names = both.length > 0 ? both : own;
  return names.length > 0 ? names.slice(0, MOST_NAMES) : [""];
}

function namesOf({ model }: AttackGraph, { role, rule }: RuleGrant): readonly string[] {
  return model.roles[role]?.object.rules[rule]?.resourceNames ?? [];
}

function gives({ model }: AttackGraph, grant: RuleGrant | undefined, query: RightQuery): boolean {
  const id = grant && model.roles[grant.role]?.ruleIds[grant.rule];
  return id !== undefined && rulesFor(model, query).has(id);
}
