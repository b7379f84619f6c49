type NamedObject = { readonly kind: string; readonly namespace?: string | undefined; readonly name: string };

/** The access page with the panel of a role or binding open. */
export function objectHref(clusterId: string, object: NamedObject): string {
  const tab = object.kind.endsWith("Binding") ? "bindings" : "roles";
  const query = new URLSearchParams({ tab, open: objectKey(object) });
  return `/clusters/${clusterId}/access?${query.toString()}`;
}

/** `Kind:namespace/name`: how a role or binding is named in the URL of its panel. */
export function objectKey({ kind, namespace, name }: NamedObject): string {
  return `${kind}:${namespace ?? ""}/${name}`;
}

/** Reads `objectKey`; null for any other text. Names may hold further slashes and colons. */
export function parseObjectKey(
  key: string,
): { readonly kind: string; readonly namespace: string; readonly name: string } | null {
  const match = /^([A-Za-z]+):([^/]*)\/(.+)$/s.exec(key);
  return match ? { kind: match[1] ?? "", namespace: match[2] ?? "", name: match[3] ?? "" } : null;
}
