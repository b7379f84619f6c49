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
  const { roles, rules, changed, resolved } = recompileRoles(base, objects);
  const subjects = new SubjectTable(base);
  const context = {
    gaps: base.gaps,
    rolePosition: new Map(roles.flatMap(({ ref, gone }, position) => (gone ? [] : [[roleKey(ref), position]]))),
    subjects,
  };
  const left = new Map([
    ...objects.clusterRoleBindings.map((object) => [bindingKey("ClusterRoleBinding", object), object] as const),
    ...objects.roleBindings.map((object) => [bindingKey("RoleBinding", object), object] as const),
  ]);
  const changedBindings = new Set<number>();
  const bindings = base.bindings.map((binding, position): CompiledBinding => {
    const kind = kindOf(binding);
    const key = bindingKey(kind, binding.object);
    const object = left.get(key);
    left.delete(key);
    if (object === binding.object && !resolved.has(roleKey(binding.roleRef))) return binding;
    changedBindings.add(position);
    return object === undefined
      ? { ...binding, roleState: "invalid", role: -1, subjects: [] }
      : compileBinding({ kind, object }, context);
  });
  for (const [key, object] of left) {
    changedBindings.add(bindings.length);
    const kind = key.startsWith("ClusterRoleBinding/") ? "ClusterRoleBinding" : "RoleBinding";
    bindings.push(compileBinding({ kind, object }, context));
  }
  const added = subjects.list.slice(base.subjects.length);
  if (added.some(({ kind }) => kind === "ServiceAccount")) return null;
  const model: AccessModel = {
    index: rules.length === base.index.rules.length ? base.index : new RuleIndex(rules),
    roles,
    bindings,
    subjects: subjects.list,
    exists: [...base.exists, ...added.map(() => true)],
    gaps: base.gaps,
    findSubject: (kind, name) => subjects.find(kind, name),
    ...relations(rules.length, roles, bindings, subjects.list.length),
  };
  return { model, roles: changed, bindings: changedBindings };
}

function recompileRoles(
  base: AccessModel,
  { clusterRoles, roles: namespaced }: Pick<AccessFacts["objects"], "clusterRoles" | "roles">,
) {
  const left = new Map<string, Role | ClusterRole>();
  for (const object of clusterRoles) left.set(roleKey(refOf("ClusterRole", object)), object);
  for (const object of namespaced) left.set(roleKey(refOf("Role", object)), object);
  const rules: PolicyRule[] = [...base.index.rules];
  const changed = new Set<number>();
  /** Keys of roles that came or went. */
  const resolved = new Set<string>();
  const compile = (ref: ObjectRef, object: Role | ClusterRole) => ({
    ref,
    object,
    // A rule that is there already may stand twice: only the number of rules grows.
    ruleIds: object.rules.map((rule) => rules.push(rule) - 1),
    gone: false,
  });
  const roles = base.roles.map((role, position): CompiledRole & { readonly gone: boolean } => {
    const key = roleKey(role.ref);
    const object = left.get(key);
    left.delete(key);
    if (object === role.object) return { ...role, gone: false };
    changed.add(position);
    if (object) return compile(role.ref, object);
    resolved.add(key);
    return { ref: role.ref, object: { ...role.object, rules: [] }, ruleIds: [], gone: true };
  });
  for (const [key, object] of left) {
    resolved.add(key);
    changed.add(roles.length);
    roles.push(compile(refOf(key.startsWith("ClusterRole/") ? "ClusterRole" : "Role", object), object));
  }
  return { roles, rules, changed, resolved };
}

function refOf(kind: "Role" | "ClusterRole", { metadata }: Role | ClusterRole): ObjectRef {
  const inNamespace = kind === "Role" ? { namespace: metadata.namespace ?? "" } : {};
  return { group: RBAC_GROUP, kind, ...inNamespace, name: metadata.name };
}

function kindOf({ ref }: CompiledBinding): "ClusterRoleBinding" | "RoleBinding" {
  return ref.kind === "ClusterRoleBinding" ? "ClusterRoleBinding" : "RoleBinding";
}

function bindingKey(kind: string, { metadata }: RoleBinding | ClusterRoleBinding): string {
  return `${kind}/${metadata.namespace ?? ""}/${metadata.name}`;
}
