import type { Subject } from "../../model/access.ts";
import type { RightQuery } from "../rbac/index.ts";
import { fromMinor, type EdgeFacts, type EdgeState, type Holder, type Place } from "./edge.ts";

const AUTHENTICATION = "authentication.k8s.io";
const RBAC = "rbac.authorization.k8s.io";
/** Beta and on by default from here on. */
const SINCE_MINOR = 36;

export type ConstrainedMode = "user-info" | "serviceaccount" | "arbitrary-node" | "associated-node";

/** Requests that are worth making in somebody else's name. */
const POWERFUL: readonly RightQuery[] = [
  { verb: "get", apiGroup: "", resource: "secrets", names: "any" },
  { verb: "list", apiGroup: "", resource: "secrets" },
  { verb: "create", apiGroup: "", resource: "pods" },
  { verb: "create", apiGroup: "", resource: "pods", subresource: "exec", names: "any" },
  { verb: "create", apiGroup: "", resource: "serviceaccounts", subresource: "token", names: "any" },
  { verb: "create", apiGroup: "apps", resource: "deployments" },
  { verb: "create", apiGroup: RBAC, resource: "rolebindings" },
  { verb: "create", apiGroup: RBAC, resource: "clusterrolebindings" },
];

/** The right to take an identity of a kind: `impersonate:MODE`. */
export function takeIdentity(mode: ConstrainedMode, resource: "users" | "serviceaccounts" | "nodes"): RightQuery {
  const query = { verb: `impersonate:${mode}`, apiGroup: AUTHENTICATION, resource };
  // The server asks for the literal name * here, whichever node it is.
  return mode === "associated-node" ? { ...query, name: "*" } : { ...query, names: "any" };
}

/** The right to make a request in that mode: `impersonate-on:MODE:VERB` on what the request is for. */
export function actAs(mode: ConstrainedMode, request: RightQuery): RightQuery {
  return { ...request, verb: `impersonate-on:${mode}:${request.verb}` };
}

export function powerfulActs(mode: ConstrainedMode): readonly RightQuery[] {
  return POWERFUL.map((request) => actAs(mode, request));
}

/** Tokens of the accounts of its pods are what a node's identity is worth. */
export function tokenActs(mode: "arbitrary-node" | "associated-node"): readonly RightQuery[] {
  return POWERFUL.filter(({ subresource }) => subresource === "token").map((request) => actAs(mode, request));
}

/**
 * Users or accounts in whose name the holder may bind cluster-admin, which makes it an administrator: those that may do so themselves, where their
 * names may be used to create bindings for the whole cluster. In the name of others it gets no further than its own requests.
 */
export function bindersToActAs(
  mode: "user-info" | "serviceaccount",
  { namespace, names }: Place,
  { rbac }: EdgeFacts,
  holder: Holder,
): readonly Subject[] {
  if (!holder.holds(actAs(mode, { verb: "create", apiGroup: RBAC, resource: "clusterrolebindings" }), null)) return [];
  const kind = mode === "user-info" ? "User" : "ServiceAccount";
  return rbac
    .binders()
    .filter(
      (subject) =>
        subject.kind === kind &&
        (mode === "user-info" || namespace === null || subject.namespace === namespace) &&
        (!names || names.includes(subject.name)),
    );
}

export function constrainedState(facts: EdgeFacts): EdgeState {
  return fromMinor(facts, SINCE_MINOR, "constrained impersonation");
}
