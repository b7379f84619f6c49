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

interface Named {
  readonly namespace?: string | null | undefined;
  readonly name: string;
}

/** `payments/deploy`, or the name alone for what is in no namespace. */
export function qualifiedName({ namespace, name }: Named): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** `RoleBinding payments/deploy`. */
export function formatObject(object: Named & { readonly kind: string }): string {
  return `${object.kind} ${qualifiedName(object)}`;
}
