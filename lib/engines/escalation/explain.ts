import type { Grant, Subject } from "../../model/access.ts";
import type { ProofHop } from "../../model/finding.ts";
import { qualifiedName } from "../../model/object-ref.ts";
import type { PolicyRule } from "../../model/rbac.ts";
import { formatSubject } from "../../model/subject-name.ts";
import {
  findRole,
  grantOf,
  heldBindings,
  knownGroups,
  rulesFor,
  userInfoOf,
  type AccessModel,
  type HeldBinding,
  type RightQuery,
} from "../rbac/index.ts";
import type { EdgeFacts } from "./edge.ts";
import { isDefaultBinding, type Occurrence } from "./find-escalations.ts";

/** One right that an edge needs, with the grant that gives it. */
export interface ProvenNeed {
  /** The request in words of the API: `create pods/exec in payments`. */
  readonly request: string;
  readonly query: RightQuery;
  readonly grant: Grant | null;
}

/** Proves occurrences of one subject, whose bindings are looked up once. */
export function occurrenceProver(
  model: AccessModel,
  subject: Subject,
  facts: EdgeFacts,
): (occurrence: Occurrence) => readonly ProvenNeed[] {
  const who = userInfoOf(subject);
  const groups = subject.kind === "Group" ? who.groups : knownGroups(subject);
  const held = heldBindings(model, { user: who.user, groups });
  return (occurrence) => proveOccurrence(model, held, occurrence, facts);
}

/**
 * The proof of an occurrence in its worst place: for each need the first alternative that is held, with the first grant in
 * binding order. `grant` is null only when facts changed between search and explanation. Never throws.
 */
function proveOccurrence(
  model: AccessModel,
  held: readonly HeldBinding[],
  occurrence: Occurrence,
  facts: EdgeFacts,
): readonly ProvenNeed[] {
  const namespace = occurrence.worstNamespace ?? "";
  const custom = !occurrence.expected;
  const needs = occurrence.edge.needs(facts).map((alternatives) => {
    for (const query of alternatives) {
      const grant = findGrant(model, held, query, namespace, custom);
      if (grant) return { request: describeRight(query, grant, model, namespace), query, grant };
    }
    const [first = { verb: "", apiGroup: "", resource: "" }] = alternatives;
    return { request: describeRight(first, null, model, namespace), query: first, grant: null };
  });
  // One right may meet several needs.
  return [...new Map(needs.map((need) => [need.request, need])).values()];
}

/** Subject → binding → rights → what is gained. The hop to cut is the binding that gives the first right. */
export function proofChain(
  subject: Subject,
  occurrence: Occurrence,
  needs: readonly ProvenNeed[],
  facts: EdgeFacts,
): readonly ProofHop[] {
  const grants = needs.flatMap(({ grant }) => (grant ? [grant] : []));
  const bindings = [...new Map(grants.map((grant) => [JSON.stringify(grant.binding), grant])).values()];
  const through = grants.find((grant) => formatSubject(grant.through) !== formatSubject(subject))?.through;
  const target = occurrence.edge.target(occurrence.worstPlace, facts);
  const [first, ...others] = needs.map(({ query }) => rightName(query));
  const details = [
    ...others.map((right) => `and ${right}`),
    ...(occurrence.namespaces.length > 1 ? [`and in ${occurrence.namespaces.length - 1} more namespaces`] : []),
  ];
  return [
    { label: subject.kind, title: qualifiedName(subject), tone: "plain", subject: formatSubject(subject) },
    ...(through
      ? [{ label: "Member of", title: through.name, tone: "plain", subject: formatSubject(through) } as const]
      : []),
    ...bindings.map(
      ({ binding, role }, index) =>
        ({
          label: binding.kind,
          title: qualifiedName(binding),
          detail: `${role.kind} ${role.name}`,
          tone: index === 0 ? "cut" : "plain",
        }) as const,
    ),
    {
      label: "May",
      title: first ?? "",
      ...(details.length === 0 ? {} : { detail: details.join(", ") }),
      tone: "plain",
    },
    { ...target, tone: "target" },
  ];
}

/** `create pods/exec`, `list secrets`, `every verb on every resource`. */
function rightName({ verb, path, resource, subresource }: RightQuery): string {
  if (path !== undefined) return `${verb} ${path}`;
  if (verb === "*" && resource === "*") return "every verb on every resource";
  return `${verb} ${resource}${subresource ? `/${subresource}` : ""}`;
}

/** A right as a request in words of the API: `create pods/exec named web-0 in payments`, `every verb on every resource`. */
export function describeRight(query: RightQuery, grant: Grant | null, model: AccessModel, namespace: string): string {
  if (query.path !== undefined) return `${query.verb} ${query.path}`;
  const place = namespace === "" ? "" : ` in ${namespace}`;
  if (query.verb === "*" && query.resource === "*") return `${rightName(query)}${place}`;
  const group = query.apiGroup === "" || query.apiGroup === "*" ? "" : `.${query.apiGroup}`;
  const names = grant ? ruleOf(model, grant)?.resourceNames : undefined;
  const limited = names && names.length > 0 ? ` named ${names.join(", ")}` : query.name ? ` named ${query.name}` : "";
  return `${query.verb} ${query.resource}${group}${query.subresource ? `/${query.subresource}` : ""}${limited}${place}`;
}

function ruleOf(model: AccessModel, { role, ruleIndex }: Grant): PolicyRule | undefined {
  const found = findRole(model, role.kind, role.namespace ?? "", role.name);
  return found.state === "found" ? found.object.rules[ruleIndex] : undefined;
}

/** First grant of a right: bindings that a person made before the defaults of Kubernetes when `customFirst`. */
function findGrant(
  model: AccessModel,
  held: readonly HeldBinding[],
  query: RightQuery,
  namespace: string,
  customFirst: boolean,
): Grant | null {
  const rules = rulesFor(model, query);
  let byDefault: Grant | null = null;
  for (const { binding, subject } of held) {
    if (binding.ref.kind === "RoleBinding" && (namespace === "" || binding.namespace !== namespace)) continue;
    const grant = grantOf(model, binding, subject, rules);
    if (!grant) continue;
    if (!customFirst || !isDefaultBinding(binding)) return grant;
    byDefault ??= grant;
  }
  return byDefault;
}
