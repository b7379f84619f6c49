import type { Subject } from "../../model/access.ts";
import type { CoverageEntry } from "../../model/coverage.ts";
import type { ObjectRef } from "../../model/object-ref.ts";
import type {
  BindingSubject,
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  ServiceAccount,
} from "../../model/rbac.ts";
import { parseServiceAccountUsername, serviceAccountUsername } from "../../model/subject-name.ts";
import { gapIn, gapsOf, type ResourceGaps } from "./coverage-gaps.ts";
import { RuleIndex } from "./rule-index.ts";

export const RBAC_GROUP = "rbac.authorization.k8s.io";

/** - `found`; `missing`: no such role; `unreadable`: it may exist, roles were not read; `invalid`: the reference can never resolve. */
export type RoleState = "found" | "missing" | "unreadable" | "invalid";

export interface CompiledRole {
  readonly ref: ObjectRef;
  readonly object: Role | ClusterRole;
  /** Position in `RuleIndex.rules` of each rule, in the order of the role. */
  readonly ruleIds: readonly number[];
}

export interface CompiledBinding {
  readonly ref: ObjectRef;
  readonly object: RoleBinding | ClusterRoleBinding;
  /** "" for a ClusterRoleBinding. */
  readonly namespace: string;
  readonly roleRef: ObjectRef;
  readonly roleState: RoleState;
  /** Position in `AccessModel.roles`; -1 unless `found`. */
  readonly role: number;
  /** Positions in `AccessModel.subjects`, each once, in the order of the binding. Subjects that match nobody are left out. */
  readonly subjects: readonly number[];
}

/** The facts of a snapshot that the authorizer reads. */
export interface AccessFacts {
  readonly coverage: readonly CoverageEntry[];
  readonly objects: {
    readonly serviceAccounts: readonly ServiceAccount[];
    readonly roles: readonly Role[];
    readonly clusterRoles: readonly ClusterRole[];
    readonly roleBindings: readonly RoleBinding[];
    readonly clusterRoleBindings: readonly ClusterRoleBinding[];
  };
}

/** RBAC of one snapshot, compiled for questions. Everything is addressed by position; positions are deterministic. */
export interface AccessModel {
  readonly index: RuleIndex;
  readonly roles: readonly CompiledRole[];
  /** ClusterRoleBindings first, then RoleBindings; each in the order of the snapshot. */
  readonly bindings: readonly CompiledBinding[];
  /** Subjects of bindings and all service accounts of the snapshot. A user named like a service account is that account. */
  readonly subjects: readonly Subject[];
  /** Positions in `bindings` for each subject, rising, so cluster-wide ones come first. */
  readonly bindingsOfSubject: readonly (readonly number[])[];
  readonly bindingsOfNamespace: ReadonlyMap<string, readonly number[]>;
  readonly clusterBindings: readonly number[];
  /** Positions in `roles` for each rule of the index. */
  readonly rolesOfRule: readonly (readonly number[])[];
  readonly bindingsOfRole: readonly (readonly number[])[];
  /** Whether a service account subject exists; true for other kinds and when accounts were not read. */
  readonly exists: readonly boolean[];
  readonly gaps: {
    readonly roleBindings: ResourceGaps;
    readonly clusterRoleBindings: ResourceGaps;
    readonly roles: ResourceGaps;
    readonly clusterRoles: ResourceGaps;
    readonly serviceAccounts: ResourceGaps;
  };
  findSubject(kind: "user" | "group", name: string): number | undefined;
}

/**
 * Compiles the RBAC objects of a snapshot. Linear in rules, bindings and subjects.
 * @returns The model; equal snapshots give equal positions. Never throws.
 */
export function compileAccess({ objects, coverage }: AccessFacts): AccessModel {
  const gaps = {
    roleBindings: gapsOf(coverage, RBAC_GROUP, "rolebindings"),
    clusterRoleBindings: gapsOf(coverage, RBAC_GROUP, "clusterrolebindings"),
    roles: gapsOf(coverage, RBAC_GROUP, "roles"),
    clusterRoles: gapsOf(coverage, RBAC_GROUP, "clusterroles"),
    serviceAccounts: gapsOf(coverage, "", "serviceaccounts"),
  };
  const { rules, roles, rolePosition } = compileRoles(objects.clusterRoles, objects.roles);
  const subjects = new SubjectTable();
  for (const { metadata } of objects.serviceAccounts)
    subjects.addServiceAccount(metadata.namespace ?? "", metadata.name);
  const known = subjects.list.length;

  const bindings = [
    ...objects.clusterRoleBindings.map((object) => ({ kind: "ClusterRoleBinding", object }) as const),
    ...objects.roleBindings.map((object) => ({ kind: "RoleBinding", object }) as const),
  ].map((binding) => compileBinding(binding, { gaps, rolePosition, subjects }));
  const accountsUnread = gaps.serviceAccounts.everywhere !== null;
  return {
    index: new RuleIndex(rules),
    roles,
    bindings,
    subjects: subjects.list,
    exists: subjects.list.map(
      ({ kind, namespace }, id) =>
        kind !== "ServiceAccount" ||
        id < known ||
        accountsUnread ||
        gaps.serviceAccounts.byNamespace.has(namespace ?? ""),
    ),
    gaps,
    findSubject: (kind, name) => subjects.find(kind, name),
    ...relations(rules.length, roles, bindings, subjects.list.length),
  };
}

export interface BindingContext {
  readonly gaps: AccessModel["gaps"];
  /** Positions of roles by `roleKey`. */
  readonly rolePosition: ReadonlyMap<string, number>;
  /** Takes the subjects that are new. */
  readonly subjects: SubjectTable;
}

/** One binding with its role and its subjects resolved. */
export function compileBinding(
  {
    kind,
    object,
  }:
    | { readonly kind: "ClusterRoleBinding"; readonly object: ClusterRoleBinding }
    | { readonly kind: "RoleBinding"; readonly object: RoleBinding },
  { gaps, rolePosition, subjects }: BindingContext,
): CompiledBinding {
  const namespace = kind === "RoleBinding" ? (object.metadata.namespace ?? "") : "";
  const inNamespace = kind === "RoleBinding" ? { namespace } : {};
  const roleRef: ObjectRef = {
    group: RBAC_GROUP,
    kind: object.roleRef.kind,
    ...(object.roleRef.kind === "Role" ? inNamespace : {}),
    name: object.roleRef.name,
  };
  const members = new Set<number>();
  for (const subject of object.subjects) {
    const id = subjects.addBindingSubject(subject, namespace);
    if (id !== null) members.add(id);
  }
  return {
    ref: { group: RBAC_GROUP, kind, ...inNamespace, name: object.metadata.name },
    object,
    namespace,
    roleRef,
    ...resolveRole(roleRef, gaps, rolePosition),
    subjects: [...members],
  };
}

function resolveRole(
  roleRef: ObjectRef,
  gaps: AccessModel["gaps"],
  rolePosition: ReadonlyMap<string, number>,
): Pick<CompiledBinding, "role" | "roleState"> {
  if (roleRef.kind !== "ClusterRole" && (roleRef.kind !== "Role" || roleRef.namespace === undefined))
    return { roleState: "invalid", role: -1 };
  const role = rolePosition.get(roleKey(roleRef));
  if (role !== undefined) return { roleState: "found", role };
  const gap = roleRef.kind === "Role" ? gapIn(gaps.roles, roleRef.namespace ?? "") : gapIn(gaps.clusterRoles, "");
  return { roleState: gap ? "unreadable" : "missing", role: -1 };
}

function compileRoles(clusterRoles: readonly ClusterRole[], namespacedRoles: readonly Role[]) {
  const rules: PolicyRule[] = [];
  const ruleIds = new Map<string, number>();
  const roles: CompiledRole[] = [];
  const rolePosition = new Map<string, number>();
  for (const [kind, list] of [
    ["ClusterRole", clusterRoles],
    ["Role", namespacedRoles],
  ] as const) {
    for (const object of list) {
      const namespace = kind === "Role" ? (object.metadata.namespace ?? "") : undefined;
      const ids = object.rules.map((rule) => {
        const key = JSON.stringify([
          rule.verbs,
          rule.apiGroups,
          rule.resources,
          rule.resourceNames,
          rule.nonResourceURLs,
        ]);
        let id = ruleIds.get(key);
        if (id === undefined) {
          ruleIds.set(key, (id = rules.length));
          rules.push(rule);
        }
        return id;
      });
      const ref = {
        group: RBAC_GROUP,
        kind,
        ...(namespace === undefined ? {} : { namespace }),
        name: object.metadata.name,
      };
      rolePosition.set(roleKey(ref), roles.length);
      roles.push({ ref, object, ruleIds: ids });
    }
  }
  return { rules, roles, rolePosition };
}

/** Equal for references to the same role. */
export function roleKey({ kind, namespace = "", name }: ObjectRef): string {
  return `${kind}/${namespace}/${name}`;
}

/** The lists of a model that follow from its roles, bindings and subjects. */
export type Relations = Pick<
  AccessModel,
  "rolesOfRule" | "bindingsOfRole" | "bindingsOfSubject" | "bindingsOfNamespace" | "clusterBindings"
>;

function relations(
  ruleCount: number,
  roles: readonly CompiledRole[],
  bindings: readonly CompiledBinding[],
  subjectCount: number,
): Relations {
  const rolesOfRule: number[][] = Array.from({ length: ruleCount }, () => []);
  roles.forEach(({ ruleIds }, role) => {
    for (const rule of new Set(ruleIds)) rolesOfRule[rule]?.push(role);
  });
  const bindingsOfRole: number[][] = Array.from({ length: roles.length }, () => []);
  const bindingsOfSubject: number[][] = Array.from({ length: subjectCount }, () => []);
  const bindingsOfNamespace = new Map<string, number[]>();
  const clusterBindings: number[] = [];
  bindings.forEach((binding, position) => {
    if (binding.role >= 0) bindingsOfRole[binding.role]?.push(position);
    for (const subject of binding.subjects) bindingsOfSubject[subject]?.push(position);
    if (binding.ref.kind === "ClusterRoleBinding") {
      clusterBindings.push(position);
      return;
    }
    const inNamespace = bindingsOfNamespace.get(binding.namespace);
    if (inNamespace) inNamespace.push(position);
    else bindingsOfNamespace.set(binding.namespace, [position]);
  });
  return { rolesOfRule, bindingsOfRole, bindingsOfSubject, bindingsOfNamespace, clusterBindings };
}

/** Interns subjects by what the authorizer compares: the user name, or the group name. */
export class SubjectTable {
  readonly list: Subject[];
  readonly #base: AccessModel | null;
  readonly #users = new Map<string, number>();
  readonly #groups = new Map<string, number>();

  /** @param base  A model whose subjects come first, at their positions. */
  constructor(base: AccessModel | null = null) {
    this.#base = base;
    this.list = base ? [...base.subjects] : [];
  }

  find(kind: "user" | "group", name: string): number | undefined {
    return this.#base?.findSubject(kind, name) ?? (kind === "user" ? this.#users : this.#groups).get(name);
  }

  addServiceAccount(namespace: string, name: string): number {
    return this.#intern("user", serviceAccountUsername(namespace, name), () => ({
      kind: "ServiceAccount",
      namespace,
      name,
    }));
  }

  /** Null for a subject that matches nobody: unknown kind, or a service account without any namespace. */
  addBindingSubject(subject: BindingSubject, bindingNamespace: string): number | null {
    if (subject.kind === "Group")
      return this.#intern("group", subject.name, () => ({ kind: "Group", name: subject.name }));
    if (subject.kind === "User") {
      return this.#intern("user", subject.name, () => {
        const account = parseServiceAccountUsername(subject.name);
        return account ? { kind: "ServiceAccount", ...account } : { kind: "User", name: subject.name };
      });
    }
    const namespace = subject.namespace || bindingNamespace;
    if (subject.kind !== "ServiceAccount" || namespace === "") return null;
    return this.addServiceAccount(namespace, subject.name);
  }

  #intern(kind: "user" | "group", name: string, make: () => Subject): number {
    let id = this.find(kind, name);
    if (id === undefined) {
      (kind === "user" ? this.#users : this.#groups).set(name, (id = this.list.length));
      this.list.push(make());
    }
    return id;
  }
}
