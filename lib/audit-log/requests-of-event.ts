import type { AccessRequest, ResourceRequest } from "../model/access.ts";
import { parseServiceAccountUsername } from "../model/subject-name.ts";
import type { UseOrigin } from "../model/used-request.ts";
import type { AuditEvent, AuditUser } from "./audit-event.ts";

/** What an event shows that one user asked the authorizer for. */
export interface AskedRequest {
  readonly user: AuditUser;
  readonly request: AccessRequest;
  readonly origin: UseOrigin;
  readonly answer: "allowed" | "refused" | "unknown";
}

const AUTHENTICATED = "system:authenticated";
const ACCOUNTS = "system:serviceaccounts";
const AUTHENTICATION = "authentication.k8s.io";
const CREATED = 201;
const FORBIDDEN = 403;
/** Subresources that need `create` too when they are opened by `get` (WebSocket), since 1.35. */
const STREAMS = new Set(["exec", "attach", "portforward"]);

/**
 * Every question to the authorizer that the event stands for: the request of whom it was made for; the rights to impersonate of who made it; and the second
 * right that a write or a stream needs. Empty when nobody was authenticated. Never throws.
 * Verified on kube-apiserver 1.37 (e2e/kube/audit-log.test.ts).
 */
export function requestsOfEvent(event: AuditEvent): readonly AskedRequest[] {
  const { user, impersonated } = event;
  if (!user) return [];
  if (!impersonated) {
    const refused = refusedImpersonation(event);
    if (refused) return [{ user, request: refused, origin: "impersonation", answer: "refused" }];
  }
  const request = requestOf(event);
  const answer = answerOf(event);
  const asking = impersonated ?? user;
  const asked: AskedRequest[] = [{ user: asking, request, origin: "request", answer }];
  const second = answer === "allowed" ? secondRight(event, request) : null;
  if (second) asked.push({ user: asking, ...second, answer: "allowed" });
  if (impersonated)
    for (const right of impersonationRights(impersonated, request, event.impersonationVerb))
      asked.push({ user, request: right, origin: "impersonation", answer: "allowed" });
  return asked;
}

/** The attributes that the authorizer saw. */
function requestOf({ verb, uri, object }: AuditEvent): AccessRequest {
  if (!object) return { verb, path: pathOf(uri) };
  // The event of a created object carries the name from the answer; the authorizer saw none unless the URL had it.
  const name = verb === "create" && object.subresource === "" && endsWith(uri, object.resource) ? "" : object.name;
  return { verb, ...object, name };
}

/** The path as the server compares it: without query, decoded. */
function pathOf(uri: string): string {
  const end = uri.search(/[?#]/);
  const path = end < 0 ? uri : uri.slice(0, end);
  return path.includes("%") ? decoded(path) : path;
}

function endsWith(uri: string, resource: string): boolean {
  const path = pathOf(uri).replace(/\/$/, "");
  return path.slice(path.lastIndexOf("/") + 1) === resource;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

/**
 * The authorizer's answer: as it was recorded, else by status where that tells. A failure of the server, a limit (429) and a missing status say nothing.
 */
function answerOf({ decision, status }: AuditEvent): AskedRequest["answer"] {
  if (decision !== null) return decision === "allow" ? "allowed" : "refused";
  if (status === FORBIDDEN) return "refused";
  const isAnswered = status !== null && status !== 401 && status !== 408 && status !== 429 && status < 500;
  return isAnswered ? "allowed" : "unknown";
}

function secondRight(
  { status }: AuditEvent,
  request: AccessRequest,
): { readonly request: ResourceRequest; readonly origin: UseOrigin } | null {
  if (!("resource" in request) || status === null || status === FORBIDDEN) return null;
  const { verb, apiGroup, resource, subresource } = request;
  const created = { ...request, verb: "create" };
  if (status === CREATED && (verb === "patch" || verb === "update")) return { request: created, origin: "creation" };
  const isStream = apiGroup === "" && resource === "pods" && STREAMS.has(subresource);
  return verb === "get" && isStream ? { request: created, origin: "upgrade" } : null;
}

function refusedImpersonation({ status, decision, refusedImpersonation: refused }: AuditEvent): ResourceRequest | null {
  if (status !== FORBIDDEN || decision !== null || !refused) return null;
  const { resource, name } = refused;
  const apiGroup = resource === "uids" || resource === "userextras" ? AUTHENTICATION : "";
  return { verb: "impersonate", apiGroup, resource, subresource: "", namespace: "", name };
}

/**
 * What the real user was asked for to act as another: user or service account, every group, uid and extra value; in a constrained way also the request
 * itself. Groups that the server adds by itself need no right.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
function impersonationRights(
  { name, groups, uid, extra }: AuditUser,
  request: AccessRequest,
  mode: string,
): readonly AccessRequest[] {
  const isConstrained = mode.startsWith("impersonate:");
  const verb = isConstrained ? mode : "impersonate";
  const about = (resource: string, subresource: string, of: string, namespace = ""): ResourceRequest => ({
    verb,
    apiGroup: isConstrained || resource === "uids" || resource === "userextras" ? AUTHENTICATION : "",
    resource,
    subresource,
    namespace,
    name: of,
  });
  const account = parseServiceAccountUsername(name);
  const node = isConstrained && mode.endsWith("-node") ? name.replace(/^system:node:/, "") : null;
  const identity = account
    ? about("serviceaccounts", "", account.name, account.namespace)
    : node === null
      ? about("users", "", name)
      : about("nodes", "", mode === "impersonate:associated-node" ? "*" : node);
  return [
    identity,
    ...namedGroups(groups, account?.namespace ?? null, node !== null).map((group) => about("groups", "", group)),
    ...(uid === "" ? [] : [about("uids", "", uid)]),
    ...extra.flatMap(([key, values]) => values.map((value) => about("userextras", key, value))),
    ...(isConstrained
      ? [{ ...request, verb: mode.replace("impersonate:", "impersonate-on:") + `:${request.verb}` }]
      : []),
  ];
}

/** Without those that the server gives by itself. */
function namedGroups(groups: readonly string[], namespace: string | null, isNode: boolean): readonly string[] {
  const named = groups.filter((group) => group !== AUTHENTICATED);
  if (isNode) return [];
  const own = [ACCOUNTS, `${ACCOUNTS}:${namespace ?? ""}`];
  const onlyOwn = namespace !== null && named.length === own.length && own.every((group) => named.includes(group));
  return onlyOwn ? [] : named;
}
