import type { Subject } from "./access.ts";

const SERVICE_ACCOUNT_PREFIX = "system:serviceaccount:";
const KINDS: readonly string[] = ["ServiceAccount", "User", "Group"];

/** The user name that the API server gives a service account. */
export function serviceAccountUsername(namespace: string, name: string): string {
  return `${SERVICE_ACCOUNT_PREFIX}${namespace}:${name}`;
}

/** Namespace and name of a service account's user name, or null when it is not one. Exactly two non-empty parts must follow the prefix. */
export function parseServiceAccountUsername(
  user: string,
): { readonly namespace: string; readonly name: string } | null {
  if (!user.startsWith(SERVICE_ACCOUNT_PREFIX)) return null;
  const parts = user.slice(SERVICE_ACCOUNT_PREFIX.length).split(":");
  const [namespace, name] = parts;
  if (parts.length !== 2 || !namespace || !name) return null;
  return { namespace, name };
}

/** `ServiceAccount:ns/name`, `User:name` or `Group:name`: the form of the command line and of URLs. */
export function formatSubject({ kind, namespace, name }: Subject): string {
  return kind === "ServiceAccount" ? `${kind}:${namespace ?? ""}/${name}` : `${kind}:${name}`;
}

/**
 * Reads the form of `formatSubject`. A user name of a service account (`system:serviceaccount:ns:name`), also behind `User:`,
 * gives the service account. Null when the text has no known kind or a part is empty.
 */
export function parseSubject(text: string): Subject | null {
  const separator = text.indexOf(":");
  const kind = text.slice(0, separator);
  const rest = text.slice(separator + 1);
  if (kind === "ServiceAccount") {
    const slash = rest.indexOf("/");
    if (slash <= 0 || slash === rest.length - 1) return null;
    return { kind, namespace: rest.slice(0, slash), name: rest.slice(slash + 1) };
  }
  const account = parseServiceAccountUsername(kind === "User" ? rest : text);
  if (account) return { kind: "ServiceAccount", ...account };
  if ((kind === "User" || kind === "Group") && rest !== "") return { kind, name: rest };
  return null;
}

/** The user name a subject authenticates with; undefined for a group. */
export function subjectUsername(subject: Subject): string | undefined {
  if (subject.kind === "Group") return undefined;
  return subject.kind === "User" ? subject.name : serviceAccountUsername(subject.namespace ?? "", subject.name);
}

/** Orders by kind (service accounts, users, groups), namespace, name; by code unit, so it is the same everywhere. */
export function compareSubjects(a: Subject, b: Subject): number {
  return (
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    compareText(a.namespace ?? "", b.namespace ?? "") ||
    compareText(a.name, b.name)
  );
}

/** Code unit order: deterministic, unlike `localeCompare`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
