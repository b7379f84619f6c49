import type { Label } from "../../model/labels.ts";
import type { OwnerReference } from "../../model/metadata.ts";
import type { BindingSubject, LabelSelector, PolicyRule, RoleReference } from "../../model/rbac.ts";
import { RBAC_GROUP } from "./compile-access.ts";

export const WRITTEN_KINDS = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"] as const;
export type WrittenKind = (typeof WRITTEN_KINDS)[number];

/** Metadata as a client sends it; texts that are absent are "". */
export interface WrittenMetadata {
  readonly name: string;
  readonly generateName: string;
  /** Namespace of the request; "" for kinds without namespace. */
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly createdAt: string;
  readonly deletedAt: string;
  /** Null when absent. */
  readonly deletionGracePeriodSeconds: number | null;
  /** 0 when absent, as for every stored role and binding. */
  readonly generation: number;
  readonly labels: readonly Label[];
  readonly annotations: readonly Label[];
  readonly ownerReferences: readonly OwnerReference[];
  readonly finalizers: readonly string[];
}

export interface WrittenRole {
  readonly kind: "Role" | "ClusterRole";
  readonly metadata: WrittenMetadata;
  readonly rules: readonly PolicyRule[];
  /** Absent without aggregationRule, which a Role never has. */
  readonly aggregationSelectors?: readonly LabelSelector[];
}

export interface WrittenBinding {
  readonly kind: "RoleBinding" | "ClusterRoleBinding";
  readonly metadata: WrittenMetadata;
  readonly roleRef: RoleReference;
  readonly subjects: readonly BindingSubject[];
}

/** An object that a user wants to write, with the API server's defaults filled in and not yet validated. */
export type WrittenObject = WrittenRole | WrittenBinding;

/** The object, or the field that no API server could decode (`""`: the whole). */
export type ParsedWrite =
  | { readonly object: WrittenObject }
  | { readonly field: string; readonly problem: "unknown-kind" | "wrong-type" | "namespace" };

/**
 * Decodes a manifest in JSON form (`rbac.authorization.k8s.io/v1`) as the API server does: fields it does not know are passed
 * over, null means absent, groups of references and subjects get their defaults.
 * @param namespace  Where the request goes, for an object that names none; `default` unless told. An object that names
 *                   another one is refused; without `namespace` its own counts. The namespace of a cluster-wide object is dropped.
 * Never throws.
 */
export function parseWrittenObject(value: unknown, namespace?: string): ParsedWrite {
  if (!isRecord(value)) return { field: "", problem: "wrong-type" };
  const kind = WRITTEN_KINDS.find((known) => known === value["kind"]);
  if (value["apiVersion"] !== `${RBAC_GROUP}/v1`) return { field: "apiVersion", problem: "unknown-kind" };
  if (!kind) return { field: "kind", problem: "unknown-kind" };
  const namespaced = kind === "Role" || kind === "RoleBinding";
  try {
    const metadata = parseMetadata(recordOf(value, "metadata", ""), namespaced, namespace);
    if (namespaced && namespace !== undefined && metadata.namespace !== namespace)
      return { field: "metadata.namespace", problem: "namespace" };
    if (kind === "RoleBinding" || kind === "ClusterRoleBinding") return { object: parseBinding(value, kind, metadata) };
    return { object: parseRole(value, kind, metadata) };
  } catch (error) {
    if (!(error instanceof WrongType)) throw error;
    return { field: error.message, problem: "wrong-type" };
  }
}

/** Thrown and caught inside this file only; the message is the path of the field. */
class WrongType extends Error {}

type JsonRecord = { readonly [key: string]: unknown };

function parseMetadata(metadata: JsonRecord, namespaced: boolean, namespace = "default"): WrittenMetadata {
  const text = (key: string) => textOf(metadata, key, "metadata.");
  return {
    name: text("name"),
    generateName: text("generateName"),
    namespace: namespaced ? text("namespace") || namespace : "",
    uid: text("uid"),
    resourceVersion: text("resourceVersion"),
    createdAt: timeOf(metadata, "creationTimestamp", "metadata."),
    deletedAt: timeOf(metadata, "deletionTimestamp", "metadata."),
    deletionGracePeriodSeconds: integerOf(metadata, "deletionGracePeriodSeconds", "metadata."),
    generation: integerOf(metadata, "generation", "metadata.") ?? 0,
    labels: pairsOf(metadata, "labels", "metadata."),
    annotations: pairsOf(metadata, "annotations", "metadata."),
    ownerReferences: recordsOf(metadata, "ownerReferences", "metadata.").map((owner, index) => {
      const path = `metadata.ownerReferences[${index}].`;
      const controller = own(owner, "controller") ?? false;
      if (typeof controller !== "boolean") throw new WrongType(`${path}controller`);
      return {
        apiVersion: textOf(owner, "apiVersion", path),
        kind: textOf(owner, "kind", path),
        name: textOf(owner, "name", path),
        uid: textOf(owner, "uid", path),
        controller,
      };
    }),
    finalizers: textsOf(metadata, "finalizers", "metadata."),
  };
}

function parseRole(value: JsonRecord, kind: WrittenRole["kind"], metadata: WrittenMetadata): WrittenRole {
  const rules = recordsOf(value, "rules", "").map((rule, index) => {
    const list = (key: string) => textsOf(rule, key, `rules[${index}].`);
    return {
      verbs: list("verbs"),
      apiGroups: list("apiGroups"),
      resources: list("resources"),
      resourceNames: list("resourceNames"),
      nonResourceURLs: list("nonResourceURLs"),
    };
  });
  if (kind === "Role" || own(value, "aggregationRule") === undefined) return { kind, metadata, rules };
  const path = "aggregationRule.";
  const selectors = recordsOf(recordOf(value, "aggregationRule", ""), "clusterRoleSelectors", path);
  return {
    kind,
    metadata,
    rules,
    aggregationSelectors: selectors.map((selector, index) =>
      parseSelector(selector, `${path}clusterRoleSelectors[${index}].`),
    ),
  };
}

function parseSelector(selector: JsonRecord, path: string): LabelSelector {
  return {
    matchLabels: pairsOf(selector, "matchLabels", path),
    matchExpressions: recordsOf(selector, "matchExpressions", path).map((requirement, index) => {
      const at = `${path}matchExpressions[${index}].`;
      return {
        key: textOf(requirement, "key", at),
        operator: textOf(requirement, "operator", at),
        values: textsOf(requirement, "values", at),
      };
    }),
  };
}

function parseBinding(value: JsonRecord, kind: WrittenBinding["kind"], metadata: WrittenMetadata): WrittenBinding {
  const roleRef = recordOf(value, "roleRef", "");
  return {
    kind,
    metadata,
    roleRef: {
      apiGroup: textOf(roleRef, "apiGroup", "roleRef.") || RBAC_GROUP,
      kind: textOf(roleRef, "kind", "roleRef."),
      name: textOf(roleRef, "name", "roleRef."),
    },
    subjects: recordsOf(value, "subjects", "").map((subject, index) => {
      const text = (key: string) => textOf(subject, key, `subjects[${index}].`);
      const [subjectKind, namespace] = [text("kind"), text("namespace")];
      const group = subjectKind === "User" || subjectKind === "Group" ? RBAC_GROUP : "";
      return {
        kind: subjectKind,
        apiGroup: text("apiGroup") || group,
        name: text("name"),
        ...(namespace === "" ? {} : { namespace }),
      };
    }),
  };
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Own properties only, so that `__proto__` is an ordinary key; null is absent. */
function own(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? (record[key] ?? undefined) : undefined;
}

function textOf(record: JsonRecord, key: string, path: string): string {
  const value = own(record, key) ?? "";
  if (typeof value !== "string") throw new WrongType(`${path}${key}`);
  return value;
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

function timeOf(record: JsonRecord, key: string, path: string): string {
  const value = own(record, key) ?? null;
  if (value === null) return "";
  if (typeof value !== "string" || !RFC_3339.test(value)) throw new WrongType(`${path}${key}`);
  return value;
}

function integerOf(record: JsonRecord, key: string, path: string): number | null {
  const value = own(record, key) ?? null;
  if (value !== null && !Number.isInteger(value)) throw new WrongType(`${path}${key}`);
  return typeof value === "number" ? value : null;
}

function recordOf(record: JsonRecord, key: string, path: string): JsonRecord {
  const value = own(record, key) ?? {};
  if (!isRecord(value)) throw new WrongType(`${path}${key}`);
  return value;
}

function listOf(record: JsonRecord, key: string, path: string): readonly unknown[] {
  const value = own(record, key) ?? [];
  if (!Array.isArray(value)) throw new WrongType(`${path}${key}`);
  return value;
}

function textsOf(record: JsonRecord, key: string, path: string): readonly string[] {
  return listOf(record, key, path).map((value, index) => {
    if (value === null) return "";
    if (typeof value !== "string") throw new WrongType(`${path}${key}[${index}]`);
    return value;
  });
}

function recordsOf(record: JsonRecord, key: string, path: string): readonly JsonRecord[] {
  return listOf(record, key, path).map((value, index) => {
    if (value === null) return {};
    if (!isRecord(value)) throw new WrongType(`${path}${key}[${index}]`);
    return value;
  });
}

/** Sorted by key, as the snapshot keeps them. */
function pairsOf(record: JsonRecord, key: string, path: string): readonly Label[] {
  const pairs = recordOf(record, key, path);
  return Object.keys(pairs)
    .sort()
    .map((name) => [name, textOf(pairs, name, `${path}${key}.`)]);
}
