import type { Subject } from "../../model/access.ts";
import type { ObjectRef } from "../../model/object-ref.ts";
import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding } from "../../model/rbac.ts";
import {
  compileBinding,
  RBAC_GROUP,
  roleKey,
  SubjectTable,
  type AccessFacts,
  type AccessModel,
  type CompiledBinding,
  type CompiledRole,
  type Relations,
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
  const positions = positionsOf(base);
  const stays = new Uint8Array(base.bindings.length);
  const sort = (binding: AnyBinding) => {
    const position = positions.get(binding.object);
    if (position === undefined) written.set(bindingKey(binding.kind, binding.object), binding);
    else stays[position] = 1;
  };
  for (const object of objects.clusterRoleBindings) sort({ kind: "ClusterRoleBinding", object });
  for (const object of objects.roleBindings) sort({ kind: "RoleBinding", object });
  const changedBindings = new Set<number>();
  const bindings = base.bindings.map((binding, position): CompiledBinding => {
    const same = stays[position] === 1;
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
  const changes = { roles: changed, bindings: changedBindings };
  const model: AccessModel = {
    index: rules.length === base.index.rules.length ? base.index : new RuleIndex(rules),
    roles,
    bindings,
    // The same list where nobody is new: what is known of its members holds on.
    subjects: added.length === 0 ? base.subjects : subjects.list,
    exists: added.length === 0 ? base.exists : [...base.exists, ...added.map(() => true)],
    gaps: base.gaps,
    findSubject: (kind, name) => subjects.find(kind, name),
    ...changedRelations(base, { rules, roles, bindings, subjects: subjects.list }, changes),
  };
  return { model, ...changes };
}

const POSITIONS = new WeakMap<AccessModel, ReadonlyMap<unknown, number>>();

/** Positions of a model's bindings by the object that they were compiled from. */
function positionsOf(model: AccessModel): ReadonlyMap<unknown, number> {
  let positions = POSITIONS.get(model);
  if (!positions) {
    positions = new Map<unknown, number>(model.bindings.map(({ object }, position) => [object, position]));
    POSITIONS.set(model, positions);
  }
  return positions;
}

/** What follows from roles and bindings; lists that nothing changes are those of the model before. */
function changedRelations(
  base: AccessModel,
  now: {
    readonly rules: readonly PolicyRule[];
    readonly roles: readonly CompiledRole[];
    readonly bindings: readonly CompiledBinding[];
    readonly subjects: readonly Subject[];
  },
  changed: Pick<RecompiledAccess, "roles" | "bindings">,
): Relations {
  const ofRole = (role: CompiledRole | undefined) => new Set(role?.ruleIds);
  const roleOf = (binding: CompiledBinding | undefined) => (binding && binding.role >= 0 ? [binding.role] : []);
  const subjectsOf = (binding: CompiledBinding | undefined) => binding?.subjects ?? [];
  // No binding changes its place.
  const added = now.bindings.slice(base.bindings.length).map((binding, index) => {
    const position = base.bindings.length + index;
    return { position, namespace: binding.ref.kind === "ClusterRoleBinding" ? null : binding.namespace };
  });
  const bindingsOfNamespace = new Map(base.bindingsOfNamespace);
  for (const { position, namespace } of added)
    if (namespace !== null)
      bindingsOfNamespace.set(namespace, [...(bindingsOfNamespace.get(namespace) ?? []), position]);
  return {
    rolesOfRule: moveMembers(base.rolesOfRule, now.rules.length, changed.roles, (role) => [
      ofRole(base.roles[role]),
      ofRole(now.roles[role]),
    ]),
    bindingsOfRole: moveMembers(base.bindingsOfRole, now.roles.length, changed.bindings, (binding) => [
      roleOf(base.bindings[binding]),
      roleOf(now.bindings[binding]),
    ]),
    bindingsOfSubject: moveMembers(base.bindingsOfSubject, now.subjects.length, changed.bindings, (binding) => [
      subjectsOf(base.bindings[binding]),
      subjectsOf(now.bindings[binding]),
    ]),
    bindingsOfNamespace,
    clusterBindings: [
      ...base.clusterBindings,
      ...added.flatMap(({ position, namespace }) => (namespace === null ? [position] : [])),
    ],
  };
}

/**
 * Lists of members after some members change theirs.
 * @param before  Members of each list, rising.
 * @param listsOf  In which lists a member was, and in which it is.
 */
function moveMembers(
  before: readonly (readonly number[])[],
  length: number,
  changed: Iterable<number>,
  listsOf: (member: number) => readonly [Iterable<number>, Iterable<number>],
): readonly (readonly number[])[] {
  const edits = new Map<number, { readonly gone: Set<number>; readonly come: Set<number> }>();
  const editOf = (list: number) => {
    let edit = edits.get(list);
    if (!edit) edits.set(list, (edit = { gone: new Set(), come: new Set() }));
    return edit;
  };
  for (const member of changed) {
    const [was, is] = listsOf(member);
    for (const list of was) editOf(list).gone.add(member);
    for (const list of is) editOf(list).come.add(member);
  }
  const after = before.slice();
  while (after.length < length) after.push([]);
  for (const [list, { gone, come }] of edits) {
    const left = (after[list] ?? []).filter((member) => !gone.has(member));
    after[list] = come.size === 0 ? left : [...left, ...come].sort((a, b) => a - b);
  }
  return after;
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
