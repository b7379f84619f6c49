import { isResourceRequest, type AccessGap, type AccessRequest, type Grant, type Subject } from "../../model/access.ts";
import { parseServiceAccountUsername, serviceAccountUsername } from "../../model/subject-name.ts";
import { Bitset } from "../bitset.ts";
import type { AccessModel } from "./compile-access.ts";
import { gapIn } from "./coverage-gaps.ts";
import { grantOf } from "./decide-access.ts";
import { ALL_SERVICE_ACCOUNTS, AUTHENTICATED, implicitGroups } from "./identity.ts";

export interface WhoCanResult {
  /** Positions in `AccessModel.subjects`: named in a granting binding, or known to belong to a group that is. */
  readonly subjects: Bitset;
  /** Whatever could hide further subjects; empty when the answer is complete. */
  readonly gaps: readonly AccessGap[];
  /** Grants of one subject in binding order: its own first, then those of its fixed groups. Computed on demand. */
  grantsOf(subject: number): readonly Grant[];
}

/**
 * Everyone who may make a request. Service accounts get their fixed groups and known users `system:authenticated`; groups of an
 * identity provider have members that the cluster does not know, so only the group itself is listed. Members of
 * `system:masters` are always allowed and listed only where a binding names the group.
 * Cost: the bindings of the scope, not the number of subjects. Never throws.
 */
export function whoCan(model: AccessModel, request: AccessRequest): WhoCanResult {
  const namespace = isResourceRequest(request) ? request.namespace : "";
  const matching = model.index.matching(request);
  const roles = rolesWith(model, matching);
  const scope =
    namespace === ""
      ? [model.clusterBindings]
      : [model.clusterBindings, model.bindingsOfNamespace.get(namespace) ?? []];
  const direct = new Bitset(model.subjects.length);
  const gaps: AccessGap[] = [
    gapIn(model.gaps.clusterRoleBindings, ""),
    namespace === "" ? null : gapIn(model.gaps.roleBindings, namespace),
  ]
    .filter((gap) => gap !== null)
    .map((gap) => ({ type: "coverage", gap }));
  for (const positions of scope) {
    for (const position of positions) {
      const binding = model.bindings[position];
      if (!binding) continue;
      if (binding.roleState === "unreadable")
        gaps.push({ type: "role-unreadable", binding: binding.ref, role: binding.roleRef });
      if (binding.role >= 0 && roles.has(binding.role)) for (const subject of binding.subjects) direct.add(subject);
    }
  }
  return {
    subjects: withKnownMembers(model, direct),
    gaps,
    grantsOf: (subject) => grantsOf(model, subject, namespace, matching),
  };
}

/** Roles that hold at least one of the rules. */
export function rolesWith(model: AccessModel, rules: Bitset): Bitset {
  const roles = new Bitset(model.roles.length);
  for (const rule of rules) for (const role of model.rolesOfRule[rule] ?? []) roles.add(role);
  return roles;
}

/** Adds to a set of subjects the known members of the fixed groups in it. Returns a new set. */
export function withKnownMembers(model: AccessModel, direct: Bitset): Bitset {
  const groups = memberships(model);
  const result = direct.clone();
  for (const [group, members] of groups) if (direct.has(group)) result.addAll(members);
  return result;
}

/** By the list of subjects, which decides alone. */
const MEMBERSHIPS = new WeakMap<AccessModel["subjects"], ReadonlyMap<number, Bitset>>();

/** Known members of every fixed group that some binding names, by the group's position. Computed once per model. */
export function memberships(model: AccessModel): ReadonlyMap<number, Bitset> {
  const known = MEMBERSHIPS.get(model.subjects);
  if (known) return known;
  const result = new Map<number, Bitset>();
  model.subjects.forEach((_, id) => {
    for (const group of memberGroups(model, id)) {
      let members = result.get(group);
      if (!members) result.set(group, (members = new Bitset(model.subjects.length)));
      members.add(id);
    }
  });
  MEMBERSHIPS.set(model.subjects, result);
  return result;
}

/** Groups a subject certainly is in; a group is in none (whether it is authenticated is not said by its name). */
export function knownGroups(subject: Subject): readonly string[] {
  if (subject.kind === "Group") return [];
  if (subject.kind === "ServiceAccount")
    return implicitGroups(serviceAccountUsername(subject.namespace ?? "", subject.name));
  return implicitGroups(subject.name);
}

const MEMBER_GROUPS = new WeakMap<AccessModel["subjects"], readonly (readonly number[])[]>();

/** Positions of the known groups of a subject that some binding names. Computed once per model. */
export function memberGroups(model: AccessModel, subject: number): readonly number[] {
  let all = MEMBER_GROUPS.get(model.subjects);
  if (!all) {
    all = model.subjects.map((self) =>
      knownGroups(self)
        .map((name) => model.findSubject("group", name))
        .filter((group) => group !== undefined),
    );
    MEMBER_GROUPS.set(model.subjects, all);
  }
  return all[subject] ?? [];
}

function grantsOf(model: AccessModel, subject: number, namespace: string, matching: Bitset): readonly Grant[] {
  const grants: Grant[] = [];
  for (const id of [subject, ...memberGroups(model, subject)]) {
    for (const position of model.bindingsOfSubject[id] ?? []) {
      const binding = model.bindings[position];
      if (!binding || (binding.ref.kind === "RoleBinding" && binding.namespace !== namespace)) continue;
      const grant = grantOf(model, binding, id, matching);
      if (grant) grants.push(grant);
    }
  }
  return grants;
}

/** How many known service accounts a group has; null for a group whose members only an identity provider knows. */
export function knownAccountsOf(model: AccessModel, group: string): number | null {
  const perNamespace =
    group.startsWith(`${ALL_SERVICE_ACCOUNTS}:`) &&
    parseServiceAccountUsername(`system:serviceaccount:${group.slice(ALL_SERVICE_ACCOUNTS.length + 1)}:x`);
  if (![ALL_SERVICE_ACCOUNTS, AUTHENTICATED].includes(group) && !perNamespace) return null;
  const id = model.findSubject("group", group);
  const members = id === undefined ? undefined : memberships(model).get(id);
  let count = 0;
  if (members)
    for (const member of members)
      if (model.subjects[member]?.kind === "ServiceAccount" && model.exists[member]) count += 1;
  return count;
}
