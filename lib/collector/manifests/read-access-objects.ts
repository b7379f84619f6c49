import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from "#lib/model/rbac.ts";
import { AppError, type InputPosition } from "#lib/model/app-error.ts";
import type { ObjectRef } from "#lib/model/object-ref.ts";
import type { ProjectionContext } from "../project/metadata.ts";
import type { JsonRecord } from "../project/values.ts";
import { createInterner } from "../project/interner.ts";
import {
  projectClusterRole,
  projectClusterRoleBinding,
  projectRole,
  projectRoleBinding,
  projectServiceAccount,
} from "../project/rbac.ts";
import { InvalidObject } from "../project/values.ts";
import { flattenDocument } from "./flatten.ts";
import type { ManifestText } from "./read-inputs.ts";
import { lineOfField } from "./line-of-field.ts";
import { parseDocuments } from "./parse-documents.ts";

export type AccessObject = Role | ClusterRole | RoleBinding | ClusterRoleBinding | ServiceAccount;

/** One object of a text as the snapshot would hold it. */
export interface WrittenAccessObject {
  readonly ref: ObjectRef;
  readonly object: AccessObject;
}

/** One object of a text as it was written. */
export interface RawAccessObject {
  readonly kind: string;
  readonly raw: JsonRecord;
  /** Where one of its fields stands, e.g. `rules[0].verbs`; "" for the object itself. */
  positionOf(field: string): InputPosition;
}

const RBAC = "rbac.authorization.k8s.io";
const KINDS: ReadonlyMap<string, (object: JsonRecord, context: ProjectionContext) => AccessObject> = new Map<
  string,
  (object: JsonRecord, context: ProjectionContext) => AccessObject
>([
  [`${RBAC}/v1 Role`, projectRole],
  [`${RBAC}/v1 ClusterRole`, projectClusterRole],
  [`${RBAC}/v1 RoleBinding`, projectRoleBinding],
  [`${RBAC}/v1 ClusterRoleBinding`, projectClusterRoleBinding],
  ["v1 ServiceAccount", projectServiceAccount],
]);

/**
 * Roles, bindings and service accounts of a text: several YAML documents, JSON, or lists. Namespaced objects without namespace lie in `default`.
 * @param check  Refuses an object by throwing.
 * @throws AppError `invalid_input` with the position for text that does not parse, another kind, or an object that no API server would store;
 *         `too_large` for more than `max` objects.
 */
export function readAccessObjects(
  { name, text }: ManifestText,
  max: number,
  check: (object: RawAccessObject) => void,
): readonly WrittenAccessObject[] {
  const context: ProjectionContext = { interner: createInterner() };
  const found: WrittenAccessObject[] = [];
  for (const [document, value] of parseDocuments({ name, text }).entries()) {
    const entries = [...flattenDocument(value)];
    const isAlone = entries.length === 1 && entries[0]?.object === value;
    for (const [index, { apiVersion, kind, object }] of entries.entries()) {
      const positionOf = positions({ name, text, document, item: isAlone ? null : index });
      const project = KINDS.get(`${apiVersion} ${kind}`);
      if (!project)
        throw new AppError(
          "invalid_input",
          "Only Role, ClusterRole, RoleBinding, ClusterRoleBinding (rbac.authorization.k8s.io/v1) and ServiceAccount (v1) can be compared",
          { position: positionOf("kind") },
        );
      if (found.length >= max)
        throw new AppError("too_large", `More than ${max} objects at once`, {
          position: positionOf(""),
          hint: "Compare fewer.",
        });
      check({ kind, raw: { ...object, apiVersion, kind }, positionOf });
      const projected = projectAt(project, object, context, positionOf);
      const { namespace, name: own } = projected.metadata;
      const inNamespace = namespace === undefined ? {} : { namespace };
      found.push({
        ref: { group: kind === "ServiceAccount" ? "" : RBAC, kind, ...inNamespace, name: own },
        object: projected,
      });
    }
  }
  return found;
}

interface Place {
  readonly name: string;
  readonly text: string;
  /** From 0. */
  readonly document: number;
  /** Position within a list; null for a document that is the object itself. */
  readonly item: number | null;
}

function positions({ name, text, document, item }: Place): (field: string) => InputPosition {
  return (field) => {
    const line = lineOfField(text, document, item === null ? [] : ["items", item], field);
    const parts = [`document ${document + 1}`, ...(item === null ? [] : [`items[${item}]`]), field];
    return { file: name, ...(line === null ? {} : { line }), field: parts.filter((part) => part !== "").join(": ") };
  };
}

function projectAt(
  project: (object: JsonRecord, context: ProjectionContext) => AccessObject,
  object: JsonRecord,
  context: ProjectionContext,
  positionOf: (field: string) => InputPosition,
): AccessObject {
  try {
    return project(object, context);
  } catch (error) {
    if (!(error instanceof InvalidObject)) throw error;
    throw new AppError(
      "invalid_input",
      "The API server would not take this object: a field is missing or has another type",
      // The projection of metadata tells its fields without their parent.
      { position: positionOf(error.field === "name" ? "metadata.name" : error.field) },
    );
  }
}
