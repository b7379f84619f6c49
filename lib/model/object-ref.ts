/** Identity of an object in a cluster. `group` is "" for the core group; `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * A key that is equal exactly for equal identities: group, kind, namespace and name joined by "/".
 * Group, kind and namespace cannot hold a slash; a name that does (RBAC allows it) stands last, so keys stay unambiguous.
 */
export function objectKey({ group, kind, namespace, name }: ObjectRef): string {
  return `${group}/${kind}/${namespace ?? ""}/${name}`;
}
