import type { Subject, UserInfo } from "../../model/access.ts";
import { parseServiceAccountUsername, subjectUsername } from "../../model/subject-name.ts";

export const AUTHENTICATED = "system:authenticated";
export const UNAUTHENTICATED = "system:unauthenticated";
export const ANONYMOUS = "system:anonymous";
export const MASTERS = "system:masters";
export const NODES = "system:nodes";
export const ALL_SERVICE_ACCOUNTS = "system:serviceaccounts";
const NODE_PREFIX = "system:node:";

/**
 * Groups that the API server gives a user by itself. Groups of an identity provider are not known to the cluster and
 * therefore missing for ordinary users.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/
 */
export function implicitGroups(user: string): readonly string[] {
  if (user === ANONYMOUS) return [UNAUTHENTICATED];
  const account = parseServiceAccountUsername(user);
  if (account) return [ALL_SERVICE_ACCOUNTS, `${ALL_SERVICE_ACCOUNTS}:${account.namespace}`, AUTHENTICATED];
  if (nodeNameOf(user) !== null) return [NODES, AUTHENTICATED];
  return [AUTHENTICATED];
}

/** Node name of a kubelet's user name, or null. */
export function nodeNameOf(user: string): string | null {
  return user.startsWith(NODE_PREFIX) && user.length > NODE_PREFIX.length ? user.slice(NODE_PREFIX.length) : null;
}

/** User and groups as the authenticator gives them for a subject; a group asks as a member of nothing but itself. */
export function userInfoOf(subject: Subject): UserInfo {
  const user = subjectUsername(subject);
  if (user === undefined) return { user: "", groups: [subject.name] };
  return { user, groups: implicitGroups(user) };
}
