import type { ObjectRef } from "../../model/object-ref.ts";
import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding } from "../../model/rbac.ts";
import {
  compileBinding,
  RBAC_GROUP,
  relations,
  roleKey,
  SubjectTable,
  type AccessFacts,
  type AccessModel,
  type CompiledBinding,
  type CompiledRole,
} from "./compile-access.ts";
import { RuleIndex } from "./rule-index.ts";

/** A model after changes, and where it differs. */
export interface RecompiledAccess {
  readonly model: AccessModel;
  /** Positions of roles that are new, different or gone. */
  readonly roles: ReadonlySet<number>;
  /** Positions of bindings that are new, different or gone, or whose role came or went. */
  readonly bindings: ReadonlySet<number>;
}

/**
 * Compiles RBAC objects of which most are those of a model (the same values in memory), while its service accounts stay. Whatever is still there
 * keeps its position; what is gone leaves a role without rules, a binding without subjects, or a subject without bindings, which give nothing; what
 * is new comes last, bindings of the whole cluster too.
 * @returns Null where a binding names a service account that the model does not know: much more hangs on accounts, so everything is to be compiled
 *   anew.
 */
export function recompileAccess(
  base: AccessModel,
  objects: Omit<AccessFacts["objects"], "serviceAccounts">,
): RecompiledAccess | null {
  const { roles, rules, changed, resolved, rolePosition } = recompileRoles(base, objects);
  const subjects = new SubjectTable(base);
  const context = { gaps: base.gaps, rolePosition, subjects };
  const written = new Map<string, AnyBinding>();
  const before = new Set<unknown>(base.bindings.map(({ object }) => object));
  for (const object of objects.clusterRoleBindings)
    if (!before.has(object))
      written.set(bindingKey("ClusterRoleBinding", object), { kind: "ClusterRoleBinding", object });
  for (const object of objects.roleBindings)
    if (!before.has(object)) written.set(bindingKey("RoleBinding", object), { kind: "RoleBinding", object });
  const after = new Set<unknown>([...objects.clusterRoleBindings, ...objects.roleBindings]);
  const changedBindings = new Set<number>();
  const bindings = base.bindings.map((binding, position): CompiledBinding => {
    const same = after.has(binding.object);
    if (same && (resolved.size === 0 || !resolved.has(roleKey(binding.roleRef)))) return binding;
    changedBindings.add(position);
    const kind = binding.ref.kind === "ClusterRoleBinding" ? "ClusterRoleBinding" : "RoleBinding";
    if (same) return compileBinding({ kind, object: binding.object }, context);
    const key = bindingKey(kind, binding.object);
    const now = written.get(key);
    written.delete(key);
    return now ? compileBinding(now, context) : { ...binding, roleState: "invalid", role: -1, subjects: [] };
  });
  for (const binding of written.values()) {
    changedBindings.add(bindings.length);
    bindings.push(compileBinding(binding, context));
  }
  const added = subjects.list.slice(base.subjects.length);
  if (added.some(({ kind }) => kind === "ServiceAccount")) return null;
  const model: AccessModel = {
    index: rules.length === base.index.rules.length ? base.index : new RuleIndex(rules),
    roles,
    bindings,
    // The same list where nobody is new: what is known of its members holds on.
    subjects: added.length === 0 ? base.subjects : subjects.list,
    exists: [...base.exists, ...added.map(() => true)],
    gaps: base.gaps,
    findSubject: (kind, name) => subjects.find(kind, name),
    ...relations(rules.length, roles, bindings, subjects.list.length),
  };
  return { model, roles: changed, bindings: changedBindings };
}

type AnyBinding = Parameters<typeof compileBinding>[0];
type AnyRole =
  { readonly kind: "Role"; readonly object: Role } | { readonly kind: "ClusterRole"; readonly object: ClusterRole };

function recompileRoles(
  base: AccessModel,
  { clusterRoles, roles: namespaced }: Pick<AccessFacts["objects"], "clusterRoles" | "roles">,
) {
  const before = new Set<unknown>(base.roles.map(({ object }) => object));
  const after = new Set<unknown>([...clusterRoles, ...namespaced]);
  const written = new Map<string, { readonly ref: ObjectRef } & AnyRole>();
  for (const role of [
    ...clusterRoles.map((object): AnyRole => ({ kind: "ClusterRole", object })),
    ...namespaced.map((object): AnyRole => ({ kind: "Role", object })),
  ]) {
    if (before.has(role.object)) continue;
    const { namespace = "", name } = role.object.metadata;
    const ref = { group: RBAC_GROUP, kind: role.kind, ...(role.kind === "Role" ? { namespace } : {}), name };
    written.set(roleKey(ref), { ref, ...role });
  }
  const rules: PolicyRule[] = [...base.index.rules];
  // A rule that is there already may stand twice: only the number of rules grows.
  const compile = (ref: ObjectRef, object: Role | ClusterRole): CompiledRole => ({
    ref,
    object,
    ruleIds: object.rules.map((rule) => rules.push(rule) - 1),
  });
  const changed = new Set<number>();
  /** Keys of roles that came or went. */
  const resolved = new Set<string>();
  const rolePosition = new Map<string, number>();
  const roles = base.roles.map((role, position): CompiledRole => {
    const key = roleKey(role.ref);
    const now = after.has(role.object) ? role.object : written.get(key)?.object;
    if (now) rolePosition.set(key, position);
    if (now === role.object) return role;
    changed.add(position);
    if (!now) resolved.add(key);
    return now ? compile(role.ref, now) : { ref: role.ref, object: { ...role.object, rules: [] }, ruleIds: [] };
  });
  for (const [key, { ref, object }] of written) {
    if (rolePosition.has(key)) continue;
    resolved.add(key);
    changed.add(roles.length);
    rolePosition.set(key, roles.length);
    roles.push(compile(ref, object));
  }
  return { roles, rules, changed, resolved, rolePosition };
}

function bindingKey(kind: string, { metadata }: RoleBinding | ClusterRoleBinding): string {
  return `${kind}/${metadata.namespace ?? ""}/${metadata.name}`;
}
