import type { ObjectEffect } from "../../contracts/what-if.ts";
import { aggregatedRules, aggregationSources, ruleKey } from "../../engines/rbac/index.ts";
import { compareObjects } from "../../model/compare-objects.ts";
import { objectKey, type ObjectRef } from "../../model/object-ref.ts";
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from "../../model/rbac.ts";
import type { SnapshotObjects } from "../../model/snapshot.ts";

/** Where a snapshot holds the objects of each kind that access depends on. */
const COLLECTIONS = {
  Role: "roles",
  ClusterRole: "clusterRoles",
  RoleBinding: "roleBindings",
  ClusterRoleBinding: "clusterRoleBindings",
  ServiceAccount: "serviceAccounts",
} as const;
type Kind = keyof typeof COLLECTIONS;
type AccessObject = Role | ClusterRole | RoleBinding | ClusterRoleBinding | ServiceAccount;

/** An object that would be written. */
export interface WrittenChange {
  readonly ref: ObjectRef;
  readonly object: AccessObject;
}

/** What becomes of one object. */
export interface ObjectChange {
  readonly ref: ObjectRef;
  readonly effect: ObjectEffect;
  /** As it is now; absent when it is not there. */
  readonly before?: AccessObject;
  /** As it would be; absent when it would not be there. */
  readonly after?: AccessObject;
}

export interface ChangedObjects {
  /** Lists in which nothing changes, and objects that stay, are those of before in memory. */
  readonly objects: SnapshotObjects;
  /** In the order given: written objects, then removed ones, then aggregated roles that follow. */
  readonly changes: readonly ObjectChange[];
}

/**
 * The objects of a snapshot after some are written and some removed. An object that is written twice counts as it stands last; one that is both
 * written and removed is written. Rules of aggregated ClusterRoles follow where a role that they gather from changes. Never throws.
 */
export function changeObjects(
  objects: SnapshotObjects,
  written: readonly WrittenChange[],
  removed: readonly ObjectRef[],
): ChangedObjects {
  const edits = new Map<string, { readonly ref: ObjectRef; readonly object: AccessObject | null }>();
  for (const { ref, object } of written) edits.set(objectKey(ref), { ref, object });
  for (const ref of removed) if (!edits.has(objectKey(ref))) edits.set(objectKey(ref), { ref, object: null });
  const changes: ObjectChange[] = [];
  let changed = objects;
  for (const [kind, list] of Map.groupBy(edits.values(), ({ ref }) => ref.kind)) {
    const known = collectionOf(kind);
    if (known === null) continue;
    const result = editList(changed[known], list);
    changes.push(...result.changes);
    if (result.objects) changed = { ...changed, [known]: result.objects };
  }
  const order = [...edits.keys()];
  changes.sort((a, b) => order.indexOf(objectKey(a.ref)) - order.indexOf(objectKey(b.ref)));
  const { clusterRoles, following } = followAggregation(objects.clusterRoles, changed.clusterRoles, changes);
  return {
    objects: following.length === 0 ? changed : { ...changed, clusterRoles },
    changes: [...changes, ...following],
  };
}

/** Null for a kind that access does not depend on. */
export function collectionOf(kind: string): (typeof COLLECTIONS)[Kind] | null {
  return Object.hasOwn(COLLECTIONS, kind) ? COLLECTIONS[kind as Kind] : null;
}

/** `objects` is null where nothing changes. */
function editList(
  list: readonly AccessObject[],
  edits: readonly { readonly ref: ObjectRef; readonly object: AccessObject | null }[],
): { readonly objects: readonly AccessObject[] | null; readonly changes: readonly ObjectChange[] } {
  const names = new Set(edits.map(({ ref }) => ref.name));
  const present = new Map<string, AccessObject>();
  for (const object of list) if (names.has(object.metadata.name)) present.set(identity(object.metadata), object);
  const replaced = new Map<AccessObject, AccessObject | null>();
  const added: AccessObject[] = [];
  const changes = edits.map(({ ref, object }): ObjectChange => {
    const before = present.get(identity(ref));
    if (object === null) {
      if (!before) return { ref, effect: "missing" };
      replaced.set(before, null);
      return { ref, effect: "removed", before };
    }
    if (!before) {
      added.push(object);
      return { ref, effect: "created", after: object };
    }
    const written = withTokenSecretsOf(before, object);
    if (sameContent(before, written)) return { ref, effect: "unchanged", before, after: before };
    const after = {
      ...written,
      metadata: { ...before.metadata, labels: object.metadata.labels, annotations: object.metadata.annotations },
    };
    replaced.set(before, after);
    return { ref, effect: "replaced", before, after };
  });
  if (replaced.size === 0 && added.length === 0) return { objects: null, changes };
  const objects: AccessObject[] = [];
  for (const object of list) {
    const now = replaced.get(object);
    if (now !== null) objects.push(now ?? object);
  }
  for (const object of added) {
    const next = objects.findIndex((other) => compareObjects(object, other) < 0);
    objects.splice(next < 0 ? objects.length : next, 0, object);
  }
  return { objects, changes };
}

/** Secrets that hold a token of an account are objects of their own: they stay when the account is written. */
function withTokenSecretsOf(before: AccessObject, object: AccessObject): AccessObject {
  if (!("tokenSecrets" in before) || before.tokenSecrets === undefined) return object;
  return { ...object, tokenSecrets: before.tokenSecrets };
}

function identity({ namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return `${namespace ?? ""}/${name}`;
}

/** Whether writing an object leaves all that access depends on as it is. */
function sameContent({ metadata: a, ...before }: AccessObject, { metadata: b, ...after }: AccessObject): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)));
  return (
    sorted(before) === sorted(after) &&
    JSON.stringify([a.labels, a.annotations]) === JSON.stringify([b.labels, b.annotations])
  );
}

function sameRules(a: ClusterRole["rules"], b: ClusterRole["rules"]): boolean {
  return new Set(a.map(ruleKey)).symmetricDifference(new Set(b.map(ruleKey))).size === 0;
}

/** The controller fills aggregated roles again when a role changes that they gather, or when they are written themselves. */
function followAggregation(
  before: readonly ClusterRole[],
  after: readonly ClusterRole[],
  changes: readonly ObjectChange[],
): { readonly clusterRoles: readonly ClusterRole[]; readonly following: readonly ObjectChange[] } {
  const touched = new Set(
    changes.flatMap(({ ref, effect }) =>
      ref.kind === "ClusterRole" && (effect === "created" || effect === "replaced" || effect === "removed")
        ? [ref.name]
        : [],
    ),
  );
  if (touched.size === 0) return { clusterRoles: after, following: [] };
  const gathers = (role: ClusterRole, roles: readonly ClusterRole[]) =>
    aggregationSources(role, roles).some(({ metadata }) => touched.has(metadata.name));
  let current = after;
  const following = new Map<string, ObjectChange>();
  // An aggregated role may be gathered by another one.
  for (let again = true; again;) {
    again = false;
    for (const role of current) {
      if (!role.aggregationSelectors) continue;
      const { name } = role.metadata;
      if (!touched.has(name) && !gathers(role, before) && !gathers(role, current)) continue;
      const rules = aggregatedRules(role, current);
      if (sameRules(rules, role.rules)) continue;
      const changed = { ...role, rules };
      current = current.map((other) => (other === role ? changed : other));
      const original = before.find((other) => other.metadata.name === name);
      following.set(name, {
        ref: { group: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
        effect: "follows",
        ...(original ? { before: original } : {}),
        after: changed,
      });
      touched.add(name);
      again = true;
      break;
    }
  }
  return { clusterRoles: current, following: [...following.values()] };
}
