import type { GrantUseView, LeastPrivilege, LeastPrivilegeBody } from "../../contracts/least-privilege.ts";
import { heldBindings, planRoles, type GrantUse, type PlannedRole } from "../../engines/rbac/index.ts";
import type { Subject, UserInfo } from "../../model/access.ts";
import { AppError } from "../../model/app-error.ts";
import { formatObject, objectKey } from "../../model/object-ref.ts";
import { severityRank, type Severity } from "../../model/severity.ts";
import { compareText, formatSubject, parseSubject, subjectUsername } from "../../model/subject-name.ts";
import type { UsedRequest } from "../../model/used-request.ts";
import { askingAs, subjectLabel, type AccessAnalysis } from "../analyze-access.ts";
import { INERT_WORDS } from "../inert-words.ts";
import { notesFor } from "../least-privilege/notes.ts";
import { requestWords, seenRequest } from "../least-privilege/request-words.ts";
import { nameRoles, roleManifest } from "../least-privilege/role-manifest.ts";
import { compareWithHeld, grantsIn, sortRequests } from "../least-privilege/sort-requests.ts";
import { ruleSeverities } from "../rule-severities.ts";
import { ruleText } from "../rule-words.ts";
import { capitalised, countOf, formatCount, listOf } from "../words.ts";

const SHOWN_REQUESTS = 200;
const SHOWN_GRANTS = 1000;

/**
 * Roles that grant a subject what it used by an audit log, and what it holds now against that.
 * The subject need not be named in the scan: then it holds what its groups give. @throws AppError `not_found` when the text names no subject.
 */
export function leastPrivilege(
  analysis: AccessAnalysis,
  subjectText: string,
  body: LeastPrivilegeBody,
): LeastPrivilege {
  const subject = parseSubject(subjectText);
  if (!subject)
    throw new AppError("not_found", "This is no subject: give ServiceAccount:ns/name, User:name or Group:name");
  const who = askingWith(subject, body.groups);
  const sorted = sortRequests(analysis, subject, who, body.requests);
  const planned = planRoles(sorted.toGrant, body);
  assertGranted(planned, sorted.toGrant);
  const roles = nameRoles(planned, subject, analysis.snapshot);
  const comparison = compareWithHeld(analysis, subject, who, sorted.used);
  const rights = { used: comparison.used, held: comparison.held };
  const notes = notesFor(analysis, who, body, sorted, planned);
  const sentence = sentenceOf(subject, body, rights);
  const refused = sorted.refused.filter(
    (used) => !planned.some(({ namespace, rules }) => grantsIn(namespace, rules, used)),
  );
  const id = analysis.model.findSubject(...lookup(subject));
  const severities = id === undefined ? new Map<number, Severity>() : ruleSeverities(analysis, id);
  const grants = comparison.grants.map((use) => grantView(use, severities)).sort(byState);
  return {
    subject,
    sentence,
    rights,
    granted: sorted.toGrant.length,
    roles: roles.map(({ role, rules }) => ({
      role,
      rules: rules.map((rule) => ({
        verbs: [...rule.verbs],
        apiGroups: [...rule.apiGroups],
        resources: [...rule.resources],
        resourceNames: [...rule.resourceNames],
        nonResourceURLs: [...rule.nonResourceURLs],
      })),
    })),
    yaml: roleManifest(roles, subject, [
      sentence,
      ...notes,
      ...(roles.length === 0 ? ["Nothing needs to be granted."] : replacedBindings(analysis, who, subject)),
    ]),
    notes: [...notes],
    grants: grants.slice(0, SHOWN_GRANTS),
    unread: unreadBindings(analysis, who),
    ...listed("refused", refused),
    ...listed("lost", sorted.lost),
    ...listed("given", sorted.given),
    ungrantable: shown(sorted.ungrantable),
    undecided: shown(sorted.undecided),
  };
}

/** The subject with its fixed groups and those that the log shows. */
function askingWith(subject: Subject, groups: readonly string[]): UserInfo {
  const who = askingAs(subject);
  return subject.kind === "Group" ? who : { ...who, groups: [...new Set([...who.groups, ...groups])] };
}

function lookup(subject: Subject): ["user" | "group", string] {
  const user = subjectUsername(subject);
  return user === undefined ? ["group", subject.name] : ["user", user];
}

/** The new roles allow every request that they are made for; anything else is a bug that must not reach a cluster. */
function assertGranted(planned: readonly PlannedRole[], requests: readonly UsedRequest[]): void {
  const lacking = requests.find((used) => !planned.some(({ namespace, rules }) => grantsIn(namespace, rules, used)));
  if (lacking) throw new RangeError(`the new roles do not allow ${requestWords(lacking)}`);
}

function sentenceOf(
  subject: Subject,
  { requests }: LeastPrivilegeBody,
  { used, held }: LeastPrivilege["rights"],
): string {
  const label = subjectLabel(subject);
  if (requests.length === 0) return `The log holds no request of ${label}.`;
  if (held === null) return `${label} uses ${countOf(used, "right")}; how many it holds cannot be counted.`;
  return `${label} uses ${formatCount(used)} of the ${countOf(held, "right")} that it holds.`;
}

const STATE_ORDER = ["unused", "partly", "used"] as const;

/** What can go first; of that the dangerous first. */
function byState(a: GrantUseView, b: GrantUseView): number {
  return (
    STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state) ||
    rankOf(a.severity) - rankOf(b.severity) ||
    compareText(objectKey(a.grant.binding), objectKey(b.grant.binding)) ||
    a.grant.ruleIndex - b.grant.ruleIndex
  );
}

function rankOf(severity: Severity | null): number {
  return severity ? severityRank(severity) : Number.MAX_SAFE_INTEGER;
}

function grantView(use: GrantUse, severities: ReadonlyMap<number, Severity>): GrantUseView {
  const { grant, ruleId, rule, state, inert, verbs, resources, namespaces } = use;
  const isEverywhere = grant.binding.namespace !== undefined || namespaces.length === 0 || namespaces.includes("");
  return {
    grant,
    state,
    rule: capitalised(ruleText(rule)),
    used:
      state === "unused"
        ? ""
        : `${listOf(verbs, 6)} of ${listOf(resources, 4)}${isEverywhere ? "" : ` in ${listOf(namespaces, 4)}`}`,
    inert: inert && INERT_WORDS[inert],
    severity: inert ? null : (severities.get(ruleId) ?? null),
  };
}

/** What the new roles are to take the place of: bindings that name the subject itself. */
function replacedBindings({ model }: AccessAnalysis, who: UserInfo, subject: Subject): readonly string[] {
  const own = formatSubject(subject);
  const bindings = heldBindings(model, who).filter(({ subject: position }) => {
    const through = model.subjects[position];
    return through !== undefined && formatSubject(through) === own;
  });
  if (bindings.length === 0) return [];
  const names = bindings.map(({ binding }) => formatObject(binding.ref));
  return [`Then take the subject out of ${listOf(names, 10)}: until then it keeps what these give.`];
}

function unreadBindings({ model }: AccessAnalysis, who: UserInfo): string[] {
  const unread = heldBindings(model, who).flatMap(({ binding }) =>
    binding.roleState === "unreadable" ? [`${formatObject(binding.ref)}: its role was not read`] : [],
  );
  const { gaps } = model;
  return [
    ...unread,
    ...(gaps.clusterRoleBindings.everywhere ? ["ClusterRoleBindings were not read"] : []),
    ...(gaps.roleBindings.everywhere ? ["RoleBindings were not read"] : []),
    ...[...gaps.roleBindings.byNamespace.keys()].map((namespace) => `RoleBindings of ${namespace} were not read`),
  ];
}

function listed<N extends "refused" | "lost" | "given">(name: N, requests: readonly UsedRequest[]) {
  return { [name]: shown(requests), [`${name}Count`]: requests.length } as Record<N, LeastPrivilege["refused"]> &
    Record<`${N}Count`, number>; // the two names are these
}

function shown(requests: readonly UsedRequest[]): LeastPrivilege["refused"] {
  return requests
    .map(seenRequest)
    .sort((a, b) => b.count - a.count || compareText(a.text, b.text))
    .slice(0, SHOWN_REQUESTS);
}
