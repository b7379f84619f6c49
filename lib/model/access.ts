import type { Gap } from "./coverage.ts";
import type { ObjectRef } from "./object-ref.ts";

/** `ServiceAccount` carries a namespace, the others never do. */
export interface Subject {
  readonly kind: "User" | "Group" | "ServiceAccount";
  readonly namespace?: string;
  readonly name: string;
}

/** Who asks: a user name and the groups the authenticator gave. */
export interface UserInfo {
  readonly user: string;
  readonly groups: readonly string[];
}

/** A request for a resource. `apiGroup` is "" for core; `subresource` has no slash; `namespace` and `name` are "" when absent. */
export interface ResourceRequest {
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

export interface NonResourceRequest {
  readonly verb: string;
  readonly path: string;
}

export type AccessRequest = ResourceRequest | NonResourceRequest;

export function isResourceRequest(request: AccessRequest): request is ResourceRequest {
  return "resource" in request;
}

/** One SubjectAccessReview: who asks, and for what. `who.user` is "" for somebody who is known by groups alone. */
export interface AccessReview {
  readonly who: UserInfo;
  readonly request: AccessRequest;
}

/** Equal for reviews that ask the same. */
export function accessReviewKey({ who, request }: AccessReview): string {
  const asked = isResourceRequest(request)
    ? [request.verb, request.apiGroup, request.resource, request.subresource, request.namespace, request.name]
    : [request.verb, request.path];
  return JSON.stringify([who.user, who.groups, asked]);
}

/** A rule together with the role and binding that give it. */
export interface Grant {
  readonly binding: ObjectRef;
  readonly role: ObjectRef;
  readonly ruleIndex: number;
  /** The subject of the binding through which the asking user receives it, e.g. a group. */
  readonly through: Subject;
}

/** Why a right exists without any binding. */
export type Builtin = "system:masters" | "node-authorizer";

/** Why an answer is not known: a kind that was not read, or an authorizer that only the server can ask. */
export type AccessGap =
  | { readonly type: "coverage"; readonly gap: Gap }
  | { readonly type: "role-unreadable"; readonly binding: ObjectRef; readonly role: ObjectRef }
  | { readonly type: "node-authorizer"; readonly detail: string };

export type AccessDecision =
  | { readonly verdict: "allowed"; readonly grant: Grant }
  | { readonly verdict: "allowed"; readonly builtin: Builtin }
  | { readonly verdict: "denied" }
  | { readonly verdict: "unknown"; readonly gaps: readonly AccessGap[] };
