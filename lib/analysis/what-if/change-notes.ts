import type { AccessModel } from "../../engines/rbac/index.ts";
import type { ObjectRef } from "../../model/object-ref.ts";
import type { ClusterRoleBinding, RoleBinding } from "../../model/rbac.ts";
import type { SnapshotObjects } from "../../model/snapshot.ts";
import { collectionOf, type ObjectChange } from "./change-objects.ts";

/** What else is to be known about a change: what the API server would refuse, and what would lead nowhere. Never throws. */
export function* changeNotes(
  { ref, effect, before, after }: ObjectChange,
  objects: SnapshotObjects,
  gaps: AccessModel["gaps"],
): Generator<string> {
  if (effect === "follows") yield "Its rules are gathered from other roles and change with them.";
  if (effect === "missing" && isUnread(ref, gaps))
    yield "Whether it is there is not known: not all objects of its kind could be read.";
  if (!after) return;
  const namespaces = new Set(objects.namespaces.map(({ metadata }) => metadata.name));
  if (ref.namespace !== undefined && namespaces.size > 0 && !namespaces.has(ref.namespace))
    yield `There is no namespace ${ref.namespace}.`;
  if ("aggregationSelectors" in after && after.aggregationSelectors)
    yield "The controller replaces its own rules by those of the roles that it gathers.";
  if ("roleRef" in after) yield* bindingNotes(after, before, objects, gaps);
}

function isUnread({ kind, namespace }: ObjectRef, gaps: AccessModel["gaps"]): boolean {
  const known = collectionOf(kind);
  if (known === null) return false;
  return gaps[known].everywhere !== null || gaps[known].byNamespace.has(namespace ?? "");
}

function* bindingNotes(
  binding: RoleBinding | ClusterRoleBinding,
  before: ObjectChange["before"],
  objects: SnapshotObjects,
  gaps: AccessModel["gaps"],
): Generator<string> {
  const { roleRef, subjects, metadata } = binding;
  if (before && "roleRef" in before && JSON.stringify(before.roleRef) !== JSON.stringify(roleRef))
    yield "The role of a binding cannot be changed: the API server wants it removed and made again.";
  const roles = roleRef.kind === "ClusterRole" ? objects.clusterRoles : objects.roles;
  const gap = roleRef.kind === "ClusterRole" ? gaps.clusterRoles : gaps.roles;
  const found = roles.some(
    (role) =>
      role.metadata.name === roleRef.name &&
      (roleRef.kind === "ClusterRole" || role.metadata.namespace === metadata.namespace),
  );
  const unread = gap.everywhere !== null || gap.byNamespace.has(metadata.namespace ?? "");
  if (!found)
    yield unread
      ? `Whether there is a ${roleRef.kind} ${roleRef.name} is not known: not all roles could be read.`
      : `There is no ${roleRef.kind} ${roleRef.name}: the binding gives nothing until somebody makes it.`;
  if (gaps.serviceAccounts.everywhere !== null) return;
  for (const { kind, name, namespace = metadata.namespace } of subjects) {
    if (kind !== "ServiceAccount" || namespace === undefined || gaps.serviceAccounts.byNamespace.has(namespace))
      continue;
    const exists = objects.serviceAccounts.some(
      (account) => account.metadata.namespace === namespace && account.metadata.name === name,
    );
    if (!exists) yield `There is no service account ${namespace}/${name}: its rights wait for whoever makes it.`;
  }
}
