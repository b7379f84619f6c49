import type { LabelSelector, PolicyRule } from "../../model/rbac.ts";
import { RBAC_GROUP } from "./compile-access.ts";
import type { WrittenBinding, WrittenMetadata, WrittenObject } from "./written-object.ts";

/** A field that the API server refuses, and why in a few words. */
export interface InvalidField {
  readonly field: string;
  readonly problem: string;
}

const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const DNS_SUBDOMAIN = new RegExp(`^${DNS_LABEL}(\\.${DNS_LABEL})*$`);
const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(["orphan", "foregroundDeletion", "kubernetes"]);
const MAX_ANNOTATION_BYTES = 256 * 1024;

/**
 * What the API server (v1.37) finds wrong with the content of a role or binding, in the order of the fields: names, labels,
 * annotations, owners and finalizers, then rules and selectors, or the reference and the subjects. Empty for a valid object.
 * Never throws.
 */
export function validateWrittenObject(object: WrittenObject): readonly InvalidField[] {
  const problems = [...validateMetadata(object.metadata)];
  if ("roleRef" in object) return [...problems, ...validateBinding(object)];
  object.rules.forEach((rule, index) => {
    problems.push(...validateRule(rule, object.kind === "Role", `rules[${index}]`));
  });
  if (object.aggregationSelectors) {
    const path = "aggregationRule.clusterRoleSelectors";
    if (object.aggregationSelectors.length === 0)
      problems.push({ field: path, problem: "at least one selector is needed" });
    object.aggregationSelectors.forEach((selector, index) => {
      problems.push(...validateSelector(selector, `${path}[${index}]`));
    });
  }
  return problems;
}

export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && DNS_SUBDOMAIN.test(text);
}

export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && !text.includes(".") && DNS_SUBDOMAIN.test(text);
}

function* validateMetadata(metadata: WrittenMetadata): Generator<InvalidField> {
  const { name, generateName, labels, annotations, ownerReferences, finalizers } = metadata;
  if (name === "" && generateName === "") yield { field: "metadata.name", problem: "a name or generateName is needed" };
  if (!isPathSegment(name)) yield { field: "metadata.name", problem: PATH_SEGMENT };
  if (!isPathSegment(generateName)) yield { field: "metadata.generateName", problem: PATH_SEGMENT };
  for (const [key, value] of labels) {
    if (!isQualifiedName(key)) yield { field: `metadata.labels[${key}]`, problem: "not a valid label key" };
    if (!isLabelValue(value)) yield { field: `metadata.labels[${key}]`, problem: "not a valid label value" };
  }
  let bytes = 0;
  for (const [key, value] of annotations) {
    if (!isQualifiedName(key.toLowerCase()))
      yield { field: `metadata.annotations[${key}]`, problem: "not a valid annotation key" };
    bytes += utf8Bytes(key) + utf8Bytes(value);
  }
  if (bytes > MAX_ANNOTATION_BYTES) yield { field: "metadata.annotations", problem: "larger than 256 KiB together" };
  for (const [index, owner] of ownerReferences.entries()) {
    const path = `metadata.ownerReferences[${index}]`;
    for (const key of ["apiVersion", "kind", "name", "uid"] as const)
      if (owner[key] === "") yield { field: `${path}.${key}`, problem: "must not be empty" };
    if (owner.apiVersion.split("/").length > 2)
      yield { field: `${path}.apiVersion`, problem: "must be a group and a version, or a version" };
    if (owner.kind === "Event" && owner.apiVersion === "v1") yield { field: path, problem: "an Event owns nothing" };
  }
  if (ownerReferences.filter(({ controller }) => controller).length > 1)
    yield { field: "metadata.ownerReferences", problem: "only one can be the controller" };
  for (const [index, finalizer] of finalizers.entries())
    if (!isQualifiedName(finalizer) || (!finalizer.includes("/") && !STANDARD_FINALIZERS.has(finalizer)))
      yield { field: `metadata.finalizers[${index}]`, problem: "neither a standard finalizer nor a qualified name" };
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion"))
    yield { field: "metadata.finalizers", problem: "orphan and foregroundDeletion exclude each other" };
}

function* validateRule(rule: PolicyRule, namespaced: boolean, path: string): Generator<InvalidField> {
  if (rule.verbs.length === 0) yield { field: `${path}.verbs`, problem: "at least one verb is needed" };
  if (rule.nonResourceURLs.length > 0) {
    const field = `${path}.nonResourceURLs`;
    if (namespaced) yield { field, problem: "a Role cannot give URLs" };
    if (rule.apiGroups.length > 0 || rule.resources.length > 0 || rule.resourceNames.length > 0)
      yield { field, problem: "one rule cannot give both URLs and resources" };
    return;
  }
  if (rule.apiGroups.length === 0) yield { field: `${path}.apiGroups`, problem: "at least one API group is needed" };
  if (rule.resources.length === 0) yield { field: `${path}.resources`, problem: "at least one resource is needed" };
}

function* validateSelector(selector: LabelSelector, path: string): Generator<InvalidField> {
  for (const [key, value] of selector.matchLabels) {
    if (!isQualifiedName(key)) yield { field: `${path}.matchLabels[${key}]`, problem: "not a valid label key" };
    if (!isLabelValue(value)) yield { field: `${path}.matchLabels[${key}]`, problem: "not a valid label value" };
  }
  for (const [index, { key, operator, values }] of selector.matchExpressions.entries()) {
    const at = `${path}.matchExpressions[${index}]`;
    if (!isQualifiedName(key)) yield { field: `${at}.key`, problem: "not a valid label key" };
    const takesValues = operator === "In" || operator === "NotIn";
    if (!takesValues && operator !== "Exists" && operator !== "DoesNotExist")
      yield { field: `${at}.operator`, problem: "not a selector operator" };
    else if (takesValues !== values.length > 0)
      yield { field: `${at}.values`, problem: takesValues ? "values are needed" : "no values are allowed" };
    if (!values.every(isLabelValue)) yield { field: `${at}.values`, problem: "not a valid label value" };
  }
}

function* validateBinding({ kind, roleRef, subjects }: WrittenBinding): Generator<InvalidField> {
  if (roleRef.apiGroup !== RBAC_GROUP) yield { field: "roleRef.apiGroup", problem: `must be ${RBAC_GROUP}` };
  if (roleRef.kind !== "ClusterRole" && (roleRef.kind !== "Role" || kind === "ClusterRoleBinding"))
    yield { field: "roleRef.kind", problem: `must be ${kind === "RoleBinding" ? "Role or " : ""}ClusterRole` };
  if (roleRef.name === "") yield { field: "roleRef.name", problem: "must not be empty" };
  else if (!isPathSegment(roleRef.name)) yield { field: "roleRef.name", problem: PATH_SEGMENT };
  for (const [index, { kind: subjectKind, apiGroup, name, namespace = "" }] of subjects.entries()) {
    const path = `subjects[${index}]`;
    const isAccount = subjectKind === "ServiceAccount";
    if (!isAccount && subjectKind !== "User" && subjectKind !== "Group") {
      yield { field: `${path}.kind`, problem: "must be ServiceAccount, User or Group" };
      continue;
    }
    if (name === "") yield { field: `${path}.name`, problem: "must not be empty" };
    else if (isAccount && !isDnsSubdomain(name))
      yield { field: `${path}.name`, problem: "not a valid name of a service account" };
    if (apiGroup !== (isAccount ? "" : RBAC_GROUP))
      yield { field: `${path}.apiGroup`, problem: isAccount ? "must be empty" : `must be ${RBAC_GROUP}` };
    if (isAccount && kind === "ClusterRoleBinding" && namespace === "")
      yield { field: `${path}.namespace`, problem: "must not be empty" };
  }
}

const PATH_SEGMENT = 'must not be "." or ".." nor hold "/" or "%"';

/** RBAC takes every name that can stand in a path. */
function isPathSegment(name: string): boolean {
  return name !== "." && name !== ".." && !/[/%]/.test(name);
}

/** `name` or `prefix/name`, as keys of labels are. */
function isQualifiedName(text: string): boolean {
  const parts = text.split("/");
  const name = parts.at(-1) ?? "";
  if (parts.length > 2 || name.length > 63 || !NAME_PART.test(name)) return false;
  return parts.length === 1 || isDnsSubdomain(parts[0] ?? "");
}

function isLabelValue(text: string): boolean {
  return text.length <= 63 && LABEL_VALUE.test(text);
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
