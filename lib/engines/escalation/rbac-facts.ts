import { compareText } from "../../model/subject-name.ts";
import type { AccessModel } from "../rbac/index.ts";

/** A binding with its role reference. */
export interface BindingFacts {
  /** Null for a ClusterRoleBinding. */
  readonly namespace: string | null;
  readonly name: string;
  readonly role: { readonly kind: "ClusterRole" | "Role"; readonly name: string };
  /** The role does not exist, so the binding gives nothing until somebody creates it. */
  readonly dangling: boolean;
  /** Positions in `AccessModel.subjects`. */
  readonly subjects: readonly number[];
}

/** What edges may read of bindings and roles beside what their holder may do. Lists are in the order of the access model. */
export interface RbacFacts {
  /** Bindings whose reference can resolve: RoleBindings of a namespace, or ClusterRoleBindings (null). */
  bindingsIn(namespace: string | null): readonly BindingFacts[];
  /** Those of every namespace. */
  readonly roleBindings: readonly BindingFacts[];
  readonly dangling: readonly BindingFacts[];
  /** Names of service accounts, by namespace, that bindings with a role name but nobody has created. */
  readonly missingAccounts: ReadonlyMap<string, readonly string[]>;
  /** Names of ClusterRoles that gather the rules of others by label. */
  readonly aggregatedRoles: ReadonlySet<string>;
  /** Names of the groups that bindings name. */
  readonly groups: readonly string[];
}

/** Reads these facts of a model once. Linear in bindings. Never throws. */
export function rbacFacts(model: AccessModel): RbacFacts {
  const bindings = model.bindings.flatMap(({ ref, namespace, roleRef, roleState, subjects }): BindingFacts[] => {
    if (roleState === "invalid" || (roleRef.kind !== "ClusterRole" && roleRef.kind !== "Role")) return [];
    return [
      {
        namespace: ref.kind === "RoleBinding" ? namespace : null,
        name: ref.name,
        role: { kind: roleRef.kind, name: roleRef.name },
        dangling: roleState === "missing",
        subjects,
      },
    ];
  });
  const byNamespace = Map.groupBy(bindings, ({ namespace }) => namespace);
  return {
    bindingsIn: (namespace) => byNamespace.get(namespace) ?? [],
    roleBindings: bindings.filter(({ namespace }) => namespace !== null),
    dangling: bindings.filter(({ dangling }) => dangling),
    missingAccounts: missingAccounts(model),
    aggregatedRoles: new Set(
      model.roles.flatMap(({ ref, object }) =>
        ref.kind === "ClusterRole" && "aggregationSelectors" in object && (object.aggregationSelectors?.length ?? 0) > 0
          ? [ref.name]
          : [],
      ),
    ),
    groups: model.subjects.flatMap(({ kind, name }, id) =>
      kind === "Group" && (model.bindingsOfSubject[id]?.length ?? 0) > 0 ? [name] : [],
    ),
  };
}

function missingAccounts(model: AccessModel): ReadonlyMap<string, readonly string[]> {
  const missing = model.subjects.flatMap(({ kind, namespace, name }, position) => {
    if (kind !== "ServiceAccount" || namespace === undefined || model.exists[position]) return [];
    const isBound = (model.bindingsOfSubject[position] ?? []).some((id) => (model.bindings[id]?.role ?? -1) >= 0);
    return isBound ? [{ namespace, name }] : [];
  });
  return new Map(
    [...Map.groupBy(missing, ({ namespace }) => namespace)].map(([namespace, accounts]) => [
      namespace,
      accounts.map(({ name }) => name).sort(compareText),
    ]),
  );
}
