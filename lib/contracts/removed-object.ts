import { removedObjectSchema, type ChangeableKind, type RemovedObject } from "./what-if.ts";

const IN_NAMESPACE: Readonly<Record<ChangeableKind, boolean>> = {
  Role: true,
  ClusterRole: false,
  RoleBinding: true,
  ClusterRoleBinding: false,
  ServiceAccount: true,
};

/**
 * Reads `ClusterRoleBinding/name` or `RoleBinding/namespace/name`: an object that is marked as removed, in a URL or on the command line. Names may
 * hold further slashes. Null for other kinds, a missing part, and parts that are too long.
 */
export function parseRemovedObject(text: string): RemovedObject | null {
  const [kind, rest] = splitOnce(text);
  const known = removedObjectSchema.shape.kind.safeParse(kind);
  if (!known.success) return null;
  const [namespace, name] = IN_NAMESPACE[known.data] ? splitOnce(rest) : [undefined, rest];
  const parsed = removedObjectSchema.safeParse({ kind, name, ...(namespace === undefined ? {} : { namespace }) });
  return parsed.success ? parsed.data : null;
}

/** The form that `parseRemovedObject` reads. */
export function formatRemovedObject({
  kind,
  namespace,
  name,
}: {
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

/** The text before and after its first slash; both empty where there is none. */
function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf("/");
  return at < 0 ? ["", ""] : [text.slice(0, at), text.slice(at + 1)];
}
