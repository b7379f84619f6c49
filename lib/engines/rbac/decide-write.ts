import type { AccessDecision, AccessGap, Grant, ResourceRequest, UserInfo } from "../../model/access.ts";
import type { ObjectMetadata } from "../../model/metadata.ts";
import type { ObjectRef } from "../../model/object-ref.ts";
import type { PolicyRule } from "../../model/rbac.ts";
import { RBAC_GROUP, type AccessModel } from "./compile-access.ts";
import { covers } from "./covers.ts";
import { accessGaps, bindingsFor } from "./decide-access.ts";
import { MASTERS } from "./identity.ts";
import { decideWithAuthorizers } from "./node-authorizer.ts";
import { changesOwnershipOnly, referenceKey, selectorsOf, type OwnershipOnly } from "./ownership-change.ts";
import { findRole, findStored, type Stored, type StoredObject } from "./stored-object.ts";
import { validateWrittenObject, type InvalidField } from "./validate-written-object.ts";
import type { WrittenBinding, WrittenKind, WrittenMetadata, WrittenObject, WrittenRole } from "./written-object.ts";

/** `create` is a POST; `update` is a PUT under the object's name, which creates an object that is not there. */
export type WriteOperation = "create" | "update";

/**
 * Why the writing is no escalation: the user is in `system:masters`; holds `escalate` or `bind`, explicitly; holds every right that
 * the object gives; or changes nothing but owner references and finalizers.
 */
export type WriteAllowance = "superuser" | "escalate" | "bind" | "rights-held" | "ownership-only";

/**
 * - `not-authorized`: the authorizer refuses the request itself; `request` is the refused one.
 * - `rights-not-held`: it gives rights that the user does not hold; `missing` are those.
 * - `aggregation`: an aggregated role can collect anything, so it needs all rights; `missing` is what lacks.
 * - `role-missing`: the bound role does not exist, so nobody can say what it gives.
 * - `role-reference`: the role of an existing binding can never change.
 * - `invalid`: the object itself; `invalid` are its fields.
 * - `exists`, `conflict`: another object has the name, or the object has another `uid`.
 */
export type WriteRefusal =
  | { readonly reason: "not-authorized"; readonly request: ResourceRequest }
  | { readonly reason: "rights-not-held" | "aggregation"; readonly missing: readonly PolicyRule[] }
  | { readonly reason: "role-missing"; readonly role: ObjectRef }
  | { readonly reason: "invalid"; readonly invalid: readonly InvalidField[] }
  | { readonly reason: "role-reference" | "exists" | "conflict" };

export type WriteDecision =
  | {
      readonly verdict: "allowed";
      readonly reason: WriteAllowance;
      /** What allows the request itself. */
      readonly authorized: Extract<AccessDecision, { readonly verdict: "allowed" }>;
      /** What gives `escalate` or `bind`. */
      readonly explicit?: Grant;
    }
  | ({ readonly verdict: "denied" } & WriteRefusal)
  /** `annotations`: the change may be one of ownership only, but the snapshot does not keep all annotations and no `generateName`. */
  | { readonly verdict: "unknown"; readonly reason: "gaps" | "annotations"; readonly gaps: readonly AccessGap[] };

/** One step of the API server. */
type Step =
  | { readonly verdict: "passed"; readonly reason?: WriteAllowance; readonly explicit?: Grant }
  | Exclude<WriteDecision, { readonly verdict: "allowed" }>;

const PASSED: Step = { verdict: "passed" };

/**
 * Decides whether the API server (v1.37) would let a user with exactly these groups write a role or a binding: first the
 * authorizer, then whether the object is still the same one, then the rules against escalation, then validity, then what is stored.
 * A step that refuses proves `denied`, whatever else is unknown; otherwise anything unreadable that matters makes it `unknown`.
 * `escalate` is asked for the object's name, without a name on create; `bind` for the name of the bound role in the namespace of
 * the binding. Rights held through role bindings count in their namespace only.
 * Not asked: whether the namespace exists, admission policies and webhooks, and whether `resourceVersion` is current. Annotations
 * that the snapshot does not keep and the object does not have are taken to be absent.
 * Cost: like `decideAccess`, and like `covers` of the rules the user holds. Never throws.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function decideWrite(
  model: AccessModel,
  who: UserInfo,
  operation: WriteOperation,
  object: WrittenObject,
): WriteDecision {
  const stored = findStored(model, operation, object);
  const request = requestFor(operation, object);
  const authorized = decideWithAuthorizers(model, who, request);
  // What an update starts from; a create does not look at what has its name until the end.
  const before = operation === "update" && stored.state === "found" ? stored.object : null;
  const ownershipOnly = operation === "update" ? changesOwnershipOnly(object, stored) : "no";
  const escalation =
    "roleRef" in object
      ? checkBinding(model, who, object, ownershipOnly)
      : checkRole(model, who, request, object, { before, ownershipOnly });
  const steps = [
    toStep(authorized, request),
    checkIdentity(operation, object, stored),
    escalation,
    checkValidity(object),
    checkStored(model, who, operation, object, stored),
  ];
  const refused = steps.find((step) => step.verdict === "denied");
  if (refused) return refused;
  const unsure = steps.filter((step) => step.verdict === "unknown");
  const gaps = new Map(unsure.flatMap((step) => step.gaps).map((gap) => [JSON.stringify(gap), gap]));
  const allowedBy = escalation.verdict === "passed" ? escalation.reason : undefined;
  if (unsure.length > 0 || authorized.verdict !== "allowed" || allowedBy === undefined)
    return { verdict: "unknown", reason: gaps.size > 0 ? "gaps" : "annotations", gaps: [...gaps.values()] };
  const explicit = escalation.verdict === "passed" && escalation.explicit ? { explicit: escalation.explicit } : {};
  return { verdict: "allowed", reason: allowedBy, authorized, ...explicit };
}

/** Distinct rules that the user holds through RBAC in a namespace ("" = cluster-wide), in binding order. */
function rulesHeld(model: AccessModel, who: UserInfo, namespace: string): readonly PolicyRule[] {
  const ids = new Set<number>();
  for (const { binding } of bindingsFor(model, who, namespace))
    for (const id of model.roles[binding.role]?.ruleIds ?? []) ids.add(id);
  return [...ids].flatMap((id) => model.index.rules[id] ?? []);
}

const RESOURCES: Readonly<Record<WrittenKind, string>> = {
  Role: "roles",
  ClusterRole: "clusterroles",
  RoleBinding: "rolebindings",
  ClusterRoleBinding: "clusterrolebindings",
};

/** The request as the authorizer sees it: a POST goes to the collection and has no name. */
function requestFor(operation: WriteOperation, { kind, metadata }: WrittenObject): ResourceRequest {
  const name = operation === "create" ? "" : metadata.name;
  return rbacRequest(operation, RESOURCES[kind], metadata.namespace, name);
}

function rbacRequest(verb: string, resource: string, namespace: string, name: string): ResourceRequest {
  return { verb, apiGroup: RBAC_GROUP, resource, subresource: "", namespace, name };
}

function toStep(decision: AccessDecision, request: ResourceRequest): Step {
  if (decision.verdict === "allowed") return PASSED;
  if (decision.verdict === "denied") return { verdict: "denied", reason: "not-authorized", request };
  return { verdict: "unknown", reason: "gaps", gaps: decision.gaps };
}

/** Everything at once: who writes an aggregated role must hold it. */
const FULL_AUTHORITY: readonly PolicyRule[] = [
  { verbs: ["*"], apiGroups: ["*"], resources: ["*"], resourceNames: [], nonResourceURLs: [] },
  { verbs: ["*"], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ["*"] },
];

function checkRole(
  model: AccessModel,
  who: UserInfo,
  request: ResourceRequest,
  role: WrittenRole,
  { before, ownershipOnly }: { readonly before: StoredObject | null; readonly ownershipOnly: OwnershipOnly },
): Step {
  if (who.groups.includes(MASTERS)) return { verdict: "passed", reason: "superuser" };
  const escalate = decideWithAuthorizers(model, who, { ...request, verb: "escalate" });
  if (escalate.verdict === "allowed") return explicitly("escalate", escalate);
  if (ownershipOnly === "yes") return { verdict: "passed", reason: "ownership-only" };
  const held = rulesHeld(model, who, request.namespace);
  const gaps = accessGaps(model, who, request.namespace);
  const unlessHeld = (reason: "rights-not-held" | "aggregation", rules: readonly PolicyRule[]): Step => {
    const { covered, missing } = covers(held, rules);
    if (covered) return { verdict: "passed", reason: "rights-held" };
    if (gaps.length > 0) return { verdict: "unknown", reason: "gaps", gaps };
    return ownershipOnly === "unknown"
      ? { verdict: "unknown", reason: "annotations", gaps: [] }
      : { verdict: "denied", reason, missing };
  };
  const rules = unlessHeld("rights-not-held", role.rules);
  if (rules.verdict !== "passed") return rules;
  const aggregates = isAggregated(role) || (before !== null && isAggregated(before));
  return aggregates ? unlessHeld("aggregation", FULL_AUTHORITY) : rules;
}

function isAggregated(object: WrittenRole | StoredObject): boolean {
  return selectorsOf(object).length > 0;
}

function checkBinding(model: AccessModel, who: UserInfo, binding: WrittenBinding, ownershipOnly: OwnershipOnly): Step {
  if (who.groups.includes(MASTERS)) return { verdict: "passed", reason: "superuser" };
  const { roleRef, metadata } = binding;
  if (ownershipOnly === "yes") return { verdict: "passed", reason: "ownership-only" };
  const resource = roleRef.kind === "Role" ? "roles" : "clusterroles";
  const bind = decideWithAuthorizers(model, who, {
    ...rbacRequest("bind", resource, metadata.namespace, roleRef.name),
    apiGroup: roleRef.apiGroup,
  });
  if (bind.verdict === "allowed") return explicitly("bind", bind);
  const gaps = bind.verdict === "unknown" ? bind.gaps : [];
  const role = findRole(model, roleRef.kind, metadata.namespace, roleRef.name);
  if (role.state === "unread")
    return { verdict: "unknown", reason: "gaps", gaps: [...gaps, { type: "coverage", gap: role.gap }] };
  if (role.state === "found") {
    const { covered, missing } = covers(rulesHeld(model, who, metadata.namespace), role.object.rules);
    if (covered) return { verdict: "passed", reason: "rights-held" };
    if (gaps.length === 0 && ownershipOnly === "no") return { verdict: "denied", reason: "rights-not-held", missing };
  } else if (gaps.length === 0 && ownershipOnly === "no") {
    return { verdict: "denied", reason: "role-missing", role: role.ref };
  }
  return { verdict: "unknown", reason: gaps.length > 0 ? "gaps" : "annotations", gaps };
}

function explicitly(
  reason: "escalate" | "bind",
  decision: Extract<AccessDecision, { readonly verdict: "allowed" }>,
): Step {
  return { verdict: "passed", reason, ...("grant" in decision ? { explicit: decision.grant } : {}) };
}

function checkValidity(object: WrittenObject): Step {
  const invalid = validateWrittenObject(object);
  return invalid.length === 0 ? PASSED : { verdict: "denied", reason: "invalid", invalid };
}

/** An update of an object that has been replaced in the meantime. The uid of manifests is not known. */
function checkIdentity(operation: WriteOperation, { metadata }: WrittenObject, stored: Stored): Step {
  if (operation === "create" || metadata.uid === "" || stored.state === "unread") return PASSED;
  const uid = stored.state === "found" ? stored.object.metadata.uid : "";
  return uid === undefined || uid === metadata.uid ? PASSED : { verdict: "denied", reason: "conflict" };
}

/** What is left when everything else is in order: the object that is stored already, or that a PUT would have to create. */
function checkStored(
  model: AccessModel,
  who: UserInfo,
  operation: WriteOperation,
  object: WrittenObject,
  stored: Stored,
): Step {
  const { metadata, kind } = object;
  if (stored.state === "unread")
    return { verdict: "unknown", reason: "gaps", gaps: [{ type: "coverage", gap: stored.gap }] };
  if (operation === "create") return stored.state === "found" ? { verdict: "denied", reason: "exists" } : PASSED;
  if (metadata.name === "")
    return { verdict: "denied", reason: "invalid", invalid: [{ field: "metadata.name", problem: "is needed" }] };
  if (stored.state === "missing") {
    const creation = rbacRequest("create", RESOURCES[kind], metadata.namespace, metadata.name);
    return toStep(decideWithAuthorizers(model, who, creation), creation);
  }
  const invalid = changedDeletion(metadata, stored.object.metadata);
  if (invalid.length > 0) return { verdict: "denied", reason: "invalid", invalid };
  const sameReference =
    !("roleRef" in object) ||
    !("roleRef" in stored.object) ||
    referenceKey(object.roleRef) === referenceKey(stored.object.roleRef);
  return sameReference ? PASSED : { verdict: "denied", reason: "role-reference" };
}

/** Nobody can begin a deletion by an update; for an object that is being deleted the server keeps its own times. */
function changedDeletion(
  { deletedAt, deletionGracePeriodSeconds }: WrittenMetadata,
  old: ObjectMetadata,
): readonly InvalidField[] {
  if (old.deletedAt !== undefined) return [];
  const problem = "can never change";
  return [
    ...(deletedAt === "" ? [] : [{ field: "metadata.deletionTimestamp", problem }]),
    ...(deletionGracePeriodSeconds === null ? [] : [{ field: "metadata.deletionGracePeriodSeconds", problem }]),
  ];
}
