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
import { parseDocuments } from "./parse-documents.ts";

export type AccessObject = Role | ClusterRole | RoleBinding | ClusterRoleBinding | ServiceAccount;

/** One object of a text: as the snapshot would hold it, as it was written, and where it stands. */
export interface WrittenAccessObject {
  readonly ref: ObjectRef;
  readonly object: AccessObject;
  readonly raw: JsonRecord;
  readonly position: InputPosition;
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
 * @throws AppError `invalid_input` with the position for text that does not parse, another kind, or an object that no API server would store;
 *         `too_large` for more than `max` objects.
 */
export function readAccessObjects(name: string, text: string, max: number): readonly WrittenAccessObject[] {
  const context: ProjectionContext = { interner: createInterner() };
  const found: WrittenAccessObject[] = [];
  for (const [index, document] of parseDocuments({ name, text }).entries()) {
    const position = { file: name, field: `document ${index + 1}` };
    for (const { apiVersion, kind, object } of flattenDocument(document)) {
      const project = KINDS.get(`${apiVersion} ${kind}`);
      if (!project)
        throw new AppError(
          "invalid_input",
          "Only Role, ClusterRole, RoleBinding, ClusterRoleBinding (rbac.authorization.k8s.io/v1) and ServiceAccount (v1) can be compared",
          { position },
        );
      if (found.length >= max)
        throw new AppError("too_large", `More than ${max} objects at once`, { position, hint: "Compare fewer." });
      const projected = projectAt(project, object, context, position);
      const { namespace, name: own } = projected.metadata;
      const inNamespace = namespace === undefined ? {} : { namespace };
      found.push({
        ref: { group: kind === "ServiceAccount" ? "" : RBAC, kind, ...inNamespace, name: own },
        object: projected,
        raw: { ...object, apiVersion, kind },
        position,
      });
    }
  }
  return found;
}

function projectAt(
  project: (object: JsonRecord, context: ProjectionContext) => AccessObject,
  object: JsonRecord,
  context: ProjectionContext,
  position: { readonly file: string; readonly field: string },
): AccessObject {
  try {
    return project(object, context);
  } catch (error) {
    if (!(error instanceof InvalidObject)) throw error;
    throw new AppError(
      "invalid_input",
      "The API server would not take this object: a field is missing or has another type",
      { position: { ...position, field: `${position.field}: ${error.field}` } },
    );
  }
}
