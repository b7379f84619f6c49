import {
  isResourceRequest,
  type AccessDecision,
  type AccessRequest,
  type ResourceRequest,
  type UserInfo,
} from "../../model/access.ts";
import type { PolicyRule } from "../../model/rbac.ts";
import type { AccessModel } from "./compile-access.ts";
import { decideAccess } from "./decide-access.ts";
import { nodeNameOf, NODES } from "./identity.ts";
import { ruleAllows } from "./match-rule.ts";

/**
 * What the Node authorizer says about a request. Like RBAC it only adds rights.
 * - `allowed`: whatever runs on the node; `no-opinion`: never; `unknown`: it depends on what the server alone knows: which pods
 *   run on the node, a field selector of the request, or the server's version. `detail` says which, as a sentence.
 */
type NodeOpinion =
  | { readonly type: "allowed" }
  | { readonly type: "no-opinion" }
  | { readonly type: "unknown"; readonly detail: string };

const NO_OPINION: NodeOpinion = { type: "no-opinion" };
const ALLOWED: NodeOpinion = { type: "allowed" };
const LEASE_NAMESPACE = "kube-node-lease";
const SYSTEM_NODE = "system:node";

/**
 * Decides one request as the API server does with its authorizers `Node,RBAC`: RBAC first, because it has a proof to show, then
 * the Node authorizer where RBAC alone does not allow it. For everybody but nodes the same as `decideAccess`. Never throws.
 */
export function decideWithAuthorizers(model: AccessModel, who: UserInfo, request: AccessRequest): AccessDecision {
  const decision = decideAccess(model, who, request);
  if (decision.verdict === "allowed") return decision;
  const node = nodeOpinion(model, who, request);
  if (node.type === "no-opinion") return decision;
  if (node.type === "allowed") return { verdict: "allowed", builtin: "node-authorizer" };
  const gaps = decision.verdict === "unknown" ? decision.gaps : [];
  return { verdict: "unknown", gaps: [...gaps, { type: "node-authorizer", detail: node.detail }] };
}

/**
 * Asks the Node authorizer of a current server about a user with exactly these groups. It speaks only for users named
 * `system:node:NAME` in the group `system:nodes`; whether the server runs it cannot be seen in a cluster's objects, and every
 * conformant distribution does. Its own rules are compiled into the server and equal the ClusterRole `system:node` that the
 * server keeps in every cluster; where that role and the rules of v1.37 disagree, or it was not read, the answer is `unknown`.
 * Never throws.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
function nodeOpinion(model: AccessModel, { user, groups }: UserInfo, request: AccessRequest): NodeOpinion {
  const node = nodeNameOf(user);
  if (node === null || !groups.includes(NODES)) return NO_OPINION;
  if (!isResourceRequest(request)) return NO_OPINION; // none of its rules has a URL
  const special = SPECIAL.get(`${request.apiGroup}/${request.resource}`)?.(request, node);
  return special ?? staticOpinion(model, request);
}

/** The rules that hold for every node; the same in the code of the server and in its default ClusterRole. */
function staticOpinion(model: AccessModel, request: ResourceRequest): NodeOpinion {
  const known = NODE_RULES.some((rule) => ruleAllows(rule, request));
  const stored = storedRules(model)?.some((rule) => ruleAllows(rule, request));
  if (stored === known) return known ? ALLOWED : NO_OPINION;
  if (stored === undefined && !known) return NO_OPINION;
  return unknown(
    stored === undefined
      ? "the rules that this server gives every node could not be read (ClusterRole system:node)"
      : "the rules that this server gives every node differ from those of Kubernetes 1.37",
  );
}

const STORED_RULES = new WeakMap<AccessModel, readonly PolicyRule[] | "absent">();

/** Rules of the cluster's own ClusterRole `system:node`; undefined where it was not read. Looked up once per model. */
function storedRules(model: AccessModel): readonly PolicyRule[] | undefined {
  let known = STORED_RULES.get(model);
  if (known === undefined) {
    const role = model.roles.find(({ ref }) => ref.kind === "ClusterRole" && ref.name === SYSTEM_NODE);
    STORED_RULES.set(model, (known = role?.object.rules ?? "absent"));
  }
  return known === "absent" ? undefined : known;
}

function unknown(detail: string): NodeOpinion {
  return { type: "unknown", detail: `Node authorizer: ${detail}` };
}

/** Its opinion on a resource that it treats by its own logic; null leaves the request to the rules. */
type SpecialCase = (request: ResourceRequest, node: string) => NodeOpinion | null;

const isOneOf = (verb: string, ...verbs: readonly string[]) => verbs.includes(verb);

/** Reads of single objects that a pod of the node uses; a name is always needed. */
function usedByPods(allows: (request: ResourceRequest) => boolean): SpecialCase {
  return (request) =>
    request.name !== "" && allows(request)
      ? unknown(`it allows ${request.resource} that a pod on this node uses, which only the server knows`)
      : NO_OPINION;
}

const getOnly = ({ verb, subresource }: ResourceRequest) => verb === "get" && subresource === "";
const readNamespaced = ({ verb, subresource, namespace }: ResourceRequest) =>
  isOneOf(verb, "get", "list", "watch") && subresource === "" && namespace !== "";
const mayTouchClaim = ({ verb, subresource }: ResourceRequest) =>
  subresource === "status" ? isOneOf(verb, "get", "update", "patch") : verb === "get" && subresource === "";
const mayUseAccount = ({ verb, subresource }: ResourceRequest) =>
  subresource === "token" ? verb === "create" : verb === "get" && subresource === "";

/** Objects named like the node: everything but lists; creating one needs no name. */
function ownObject(node: string, { verb, name }: ResourceRequest): NodeOpinion {
  if (verb === "create") return ALLOWED;
  return isOneOf(verb, "get", "update", "patch", "delete") && name === node ? ALLOWED : NO_OPINION;
}

/** Reads that were open to every node and since 1.32 need a field selector or a pod on the node. */
function ownOnly(request: ResourceRequest): NodeOpinion | null {
  return request.subresource === "" && isOneOf(request.verb, "get", "list", "watch")
    ? unknown(`it allows ${request.resource} of this node, which depends on the object and the field selector`)
    : null;
}

/** Creating one is limited by admission only; everything else to slices of the node. */
function resourceSlice({ verb, subresource }: ResourceRequest): NodeOpinion {
  if (subresource !== "" || !isOneOf(verb, "create", ...READ, ...CHANGE, "delete", "deletecollection"))
    return NO_OPINION;
  return verb === "create" ? ALLOWED : unknown("it allows resource slices of this node, which only the server knows");
}

const SPECIAL: ReadonlyMap<string, SpecialCase> = new Map<string, SpecialCase>([
  ["/secrets", usedByPods(readNamespaced)],
  ["/configmaps", usedByPods(readNamespaced)],
  ["/persistentvolumeclaims", usedByPods(mayTouchClaim)],
  ["/persistentvolumes", usedByPods(getOnly)],
  ["/serviceaccounts", usedByPods(mayUseAccount)],
  ["storage.k8s.io/volumeattachments", usedByPods(getOnly)],
  ["resource.k8s.io/resourceclaims", usedByPods(getOnly)],
  [
    "coordination.k8s.io/leases",
    (request, node) => (request.namespace === LEASE_NAMESPACE ? ownObject(node, request) : NO_OPINION),
  ],
  ["storage.k8s.io/csinodes", (request, node) => (request.subresource === "" ? ownObject(node, request) : NO_OPINION)],
  ["resource.k8s.io/resourceslices", resourceSlice],
  ["certificates.k8s.io/podcertificaterequests", ownOnly],
  ["/pods", ownOnly],
  [
    "/nodes",
    (request, node) =>
      request.subresource === "" && request.verb === "get" && request.name === node ? null : ownOnly(request),
  ],
]);

const rule = (verbs: readonly string[], apiGroups: readonly string[], ...resources: readonly string[]): PolicyRule => ({
  verbs,
  apiGroups,
  resources,
  resourceNames: [],
  nonResourceURLs: [],
});
const READ = ["get", "list", "watch"];
const CHANGE = ["update", "patch"];

/** Rules of v1.37 that hold for every node: all of those that `SPECIAL` leaves to the rules. */
const NODE_RULES: readonly PolicyRule[] = [
  rule(["create"], ["authentication.k8s.io"], "tokenreviews"),
  rule(["create"], ["authorization.k8s.io"], "subjectaccessreviews", "localsubjectaccessreviews"),
  rule(READ, [""], "services"),
  rule(["create", ...CHANGE], [""], "nodes"),
  rule(["get"], [""], "nodes"),
  rule(CHANGE, [""], "nodes/status", "pods/status"),
  rule(["create", ...CHANGE], ["", "events.k8s.io"], "events"),
  rule(["create", "delete"], [""], "pods"),
  rule(["create"], [""], "pods/eviction"),
  rule(["get"], [""], "endpoints"),
  rule(["create", ...READ], ["certificates.k8s.io"], "certificatesigningrequests"),
  rule(["create"], ["certificates.k8s.io"], "podcertificaterequests"),
  rule(READ, ["certificates.k8s.io"], "clustertrustbundles"),
  rule(READ, ["storage.k8s.io"], "csidrivers"),
  rule(READ, ["node.k8s.io"], "runtimeclasses"),
];
