import { isDefaultBinding } from "../../engines/escalation/index.ts";
import {
  compareGrants,
  decideWithAuthorizers,
  heldBindings,
  implicitGroups,
  isGrantable,
  ruleAllows,
  type GrantComparison,
} from "../../engines/rbac/index.ts";
import { isResourceRequest, type Subject, type UserInfo } from "../../model/access.ts";
import type { PolicyRule } from "../../model/rbac.ts";
import { subjectUsername } from "../../model/subject-name.ts";
import type { UsedRequest } from "../../model/used-request.ts";
import { minorVersion, type AccessAnalysis } from "../analyze-access.ts";

/** First minor version that asks for `create` when exec, attach or portforward are opened by `get`. */
const UPGRADE_SINCE_MINOR = 35;
const AUTHENTICATED = "system:authenticated";
const UNAUTHENTICATED = "system:unauthenticated";

/** The requests of a log, by what becomes of them. */
export interface SortedRequests {
  /** Used: allowed by the log; or without an outcome in it and allowed now. */
  readonly used: readonly UsedRequest[];
  /** Of these, what the new roles grant. */
  readonly toGrant: readonly UsedRequest[];
  /** Used and given to everybody by Kubernetes itself. */
  readonly given: readonly UsedRequest[];
  /** Used, but no rule grants exactly this. */
  readonly ungrantable: readonly UsedRequest[];
  /** Used, and refused by what stands in the cluster now. */
  readonly lost: readonly UsedRequest[];
  readonly refused: readonly UsedRequest[];
  /** Neither allowed nor refused by the log, and not allowed now. */
  readonly undecided: readonly UsedRequest[];
  /** Taken as used because they are allowed now: the log holds no outcome. */
  readonly assumed: number;
}

/** Sorts what a subject asked for. `who` asks with the groups that the log shows. Never throws. */
export function sortRequests(
  analysis: AccessAnalysis,
  subject: Subject,
  who: UserInfo,
  requests: readonly UsedRequest[],
): SortedRequests {
  const minor = minorVersion(analysis.snapshot);
  const isGiven = givenByKubernetes(analysis, subject);
  const used: UsedRequest[] = [];
  const toGrant: UsedRequest[] = [];
  const given: UsedRequest[] = [];
  const ungrantable: UsedRequest[] = [];
  const lost: UsedRequest[] = [];
  const refused: UsedRequest[] = [];
  const undecided: UsedRequest[] = [];
  let assumed = 0;
  for (const entry of requests) {
    if (entry.origin === "upgrade" && minor !== null && minor < UPGRADE_SINCE_MINOR) continue;
    const now = decideWithAuthorizers(analysis.model, who, entry.request);
    if (entry.allowed === 0) {
      if (entry.refused > 0) {
        refused.push(entry);
        continue;
      }
      if (now.verdict !== "allowed") {
        undecided.push(entry);
        continue;
      }
      assumed += 1;
    }
    used.push(entry);
    if (now.verdict === "denied" && !entry.manyNames) lost.push(entry);
    if (isGiven(entry) || (now.verdict === "allowed" && "builtin" in now && now.builtin === "node-authorizer"))
      given.push(entry);
    else if (isGrantable(entry.request)) toGrant.push(entry);
    else ungrantable.push(entry);
  }
  return { used, toGrant, given, ungrantable, lost, refused, undecided, assumed };
}

/** What a user with these groups holds, against what it used. What Kubernetes' own bindings give it through groups is left out: everybody has that. */
export function compareWithHeld(
  { model, catalog, snapshot }: AccessAnalysis,
  subject: Subject,
  who: UserInfo,
  used: readonly UsedRequest[],
): GrantComparison {
  const fixed = fixedGroups(subject);
  return compareGrants(model, who, catalog, used, {
    namespaces: snapshot.objects.namespaces.map(({ metadata }) => metadata.name),
    isLeftOut: (binding, through) =>
      isDefaultBinding(binding) && through.kind === "Group" && fixed.includes(through.name),
  });
}

/** Groups that the server puts the subject in by itself. Members of any group are authenticated, but for the one that says otherwise. */
function fixedGroups(subject: Subject): readonly string[] {
  const user = subjectUsername(subject);
  if (user !== undefined) return implicitGroups(user);
  return subject.name === AUTHENTICATED || subject.name === UNAUTHENTICATED ? [] : [AUTHENTICATED];
}

/** Whether Kubernetes' own bindings of the groups that everybody is in allow a request. */
function givenByKubernetes({ model }: AccessAnalysis, subject: Subject): (used: UsedRequest) => boolean {
  const rules = heldBindings(model, { user: "", groups: fixedGroups(subject) }).flatMap(({ binding }) => {
    if (!isDefaultBinding(binding)) return [];
    return (model.roles[binding.role]?.ruleIds ?? []).flatMap((id) => {
      const rule = model.index.rules[id];
      return rule ? [{ namespace: binding.namespace, rule }] : [];
    });
  });
  return (used) => rules.some(({ namespace, rule }) => grantsIn(namespace, [rule], used));
}

/** Whether rules bound in a namespace ("": cluster-wide) allow a request, whichever of its names it was. */
export function grantsIn(
  namespace: string,
  rules: readonly PolicyRule[],
  { request, manyNames }: Pick<UsedRequest, "request" | "manyNames">,
): boolean {
  if (namespace !== "" && (!isResourceRequest(request) || request.namespace !== namespace)) return false;
  return rules.some((rule) => !(manyNames && rule.resourceNames.length > 0) && ruleAllows(rule, request));
}
