import {
  isResourceRequest,
  type AccessDecision,
  type AccessGap,
  type AccessRequest,
  type Grant,
  type UserInfo,
} from "../../model/access.ts";
import type { Bitset } from "../bitset.ts";
import type { AccessModel, CompiledBinding } from "./compile-access.ts";
import { gapIn } from "./coverage-gaps.ts";
import { MASTERS } from "./identity.ts";

/**
 * Decides one request for a user with exactly these groups, as the RBAC authorizer does: cluster role bindings, then the
 * role bindings of the request's namespace; nothing is combined across rules. RBAC only adds rights, so one matching grant
 * proves `allowed` whatever else was unreadable; without a match, anything unreadable that could hold one makes it `unknown`.
 * Members of `system:masters` are allowed before RBAC is asked. The Node authorizer is not part of this function: see
 * `decideWithAuthorizers`.
 * @returns The verdict with the first proving grant in binding order. Never throws.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function decideAccess(model: AccessModel, who: UserInfo, request: AccessRequest): AccessDecision {
  if (who.groups.includes(MASTERS)) return { verdict: "allowed", builtin: "system:masters" };
  const namespace = isResourceRequest(request) ? request.namespace : "";
  const matching = model.index.matching(request);
  for (const { binding, subject } of bindingsFor(model, who, namespace)) {
    const grant = grantOf(model, binding, subject, matching);
    if (grant) return { verdict: "allowed", grant };
  }
  const gaps = accessGaps(model, who, namespace);
  return gaps.length > 0 ? { verdict: "unknown", gaps } : { verdict: "denied" };
}

/** Bindings that name the user or one of the groups and hold in the namespace ("" = cluster-wide only), cluster-wide first. */
export function* bindingsFor(
  model: AccessModel,
  who: UserInfo,
  namespace: string,
): Generator<{ readonly binding: CompiledBinding; readonly subject: number }> {
  const subjects = subjectIds(model, who);
  for (const scope of namespace === "" ? [""] : ["", namespace]) {
    for (const subject of subjects) {
      for (const position of model.bindingsOfSubject[subject] ?? []) {
        const binding = model.bindings[position];
        if (!binding || binding.namespace !== scope) continue;
        if (scope === "" && binding.ref.kind !== "ClusterRoleBinding") continue;
        yield { binding, subject };
      }
    }
  }
}

/** Positions of the user and its groups among the model's subjects; those that no binding names are left out. */
export function subjectIds(model: AccessModel, { user, groups }: UserInfo): readonly number[] {
  const ids = [
    user === "" ? undefined : model.findSubject("user", user),
    ...groups.map((group) => model.findSubject("group", group)),
  ];
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The first rule of the binding's role that is among `matching`, as a grant; null when there is none. */
export function grantOf(model: AccessModel, binding: CompiledBinding, subject: number, matching: Bitset): Grant | null {
  const role = model.roles[binding.role];
  const through = model.subjects[subject];
  if (!role || !through) return null;
  const ruleIndex = role.ruleIds.findIndex((id) => matching.has(id));
  return ruleIndex < 0 ? null : { binding: binding.ref, role: role.ref, ruleIndex, through };
}

/** Everything unreadable that could still hold a right of this user in the namespace ("" = cluster-wide). */
export function accessGaps(model: AccessModel, who: UserInfo, namespace: string): readonly AccessGap[] {
  const unread = [
    gapIn(model.gaps.clusterRoleBindings, ""),
    namespace === "" ? null : gapIn(model.gaps.roleBindings, namespace),
  ];
  const gaps: AccessGap[] = unread.filter((gap) => gap !== null).map((gap) => ({ type: "coverage", gap }));
  for (const { binding } of bindingsFor(model, who, namespace)) {
    if (binding.roleState === "unreadable")
      gaps.push({ type: "role-unreadable", binding: binding.ref, role: binding.roleRef });
  }
  return gaps;
}
