import type { Gap } from "../../model/coverage.ts";
import { objectKey, type ObjectRef } from "../../model/object-ref.ts";
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from "../../model/rbac.ts";
import { RBAC_GROUP, type AccessModel } from "./compile-access.ts";
import { gapIn } from "./coverage-gaps.ts";
import type { WrittenObject } from "./written-object.ts";

/** What the snapshot knows of an object: it is there, it is not, or its kind was not read. */
export type Found<T> =
  | { readonly state: "found"; readonly object: T }
  | { readonly state: "missing"; readonly ref: ObjectRef }
  | { readonly state: "unread"; readonly gap: Gap };
export type StoredObject = Role | ClusterRole | RoleBinding | ClusterRoleBinding;
export type Stored = Found<StoredObject>;

export function findStored(
  model: AccessModel,
  operation: "create" | "update",
  { kind, metadata }: WrittenObject,
): Stored {
  const { name, namespace } = metadata;
  const ref = refOf(kind, namespace, name);
  if (operation === "create" && name === "") return { state: "missing", ref }; // the server makes up a free name
  if (kind === "Role" || kind === "ClusterRole") return findRole(model, kind, namespace, name);
  const object = bindingsOf(model).get(objectKey(ref));
  if (object) return { state: "found", object };
  const gap =
    kind === "RoleBinding" ? gapIn(model.gaps.roleBindings, namespace) : gapIn(model.gaps.clusterRoleBindings, "");
  return gap ? { state: "unread", gap } : { state: "missing", ref };
}

/** A role by its reference; references that can never resolve lead nowhere. */
export function findRole(model: AccessModel, kind: string, namespace: string, name: string): Found<Role | ClusterRole> {
  const ref = refOf(kind, namespace, name);
  if (kind !== "Role" && kind !== "ClusterRole") return { state: "missing", ref };
  const object = rolesOf(model).get(objectKey(ref));
  if (object) return { state: "found", object };
  if (kind === "Role" && namespace === "") return { state: "missing", ref };
  const gap = kind === "Role" ? gapIn(model.gaps.roles, namespace) : gapIn(model.gaps.clusterRoles, "");
  return gap ? { state: "unread", gap } : { state: "missing", ref };
}

function refOf(kind: string, namespace: string, name: string): ObjectRef {
  const namespaced = kind === "Role" || kind === "RoleBinding";
  return { group: RBAC_GROUP, kind, ...(namespaced ? { namespace } : {}), name };
}

const ROLES = new WeakMap<AccessModel, ReadonlyMap<string, Role | ClusterRole>>();
const BINDINGS = new WeakMap<AccessModel, ReadonlyMap<string, RoleBinding | ClusterRoleBinding>>();

/** Roles of a model by identity, gathered once per model. */
function rolesOf(model: AccessModel): ReadonlyMap<string, Role | ClusterRole> {
  let known = ROLES.get(model);
  if (!known) ROLES.set(model, (known = new Map(model.roles.map(({ ref, object }) => [objectKey(ref), object]))));
  return known;
}

/** The same of its bindings. */
function bindingsOf(model: AccessModel): ReadonlyMap<string, RoleBinding | ClusterRoleBinding> {
  let known = BINDINGS.get(model);
  if (!known) BINDINGS.set(model, (known = new Map(model.bindings.map(({ ref, object }) => [objectKey(ref), object]))));
  return known;
}
