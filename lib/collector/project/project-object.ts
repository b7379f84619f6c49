import type { Namespace, Node, SpecObject } from "#lib/model/cluster-objects.ts";
import type { KindDefinition } from "#lib/model/kinds.ts";
import type { Json } from "#lib/model/metadata.ts";
import type { Pod, Workload, WorkloadKind } from "#lib/model/pod.ts";
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from "#lib/model/rbac.ts";
import type { ProjectionContext } from "./metadata.ts";
import type { JsonRecord } from "./values.ts";
import { WORKLOAD_KINDS } from "#lib/model/pod.ts";
import { projectNamespace, projectNode } from "./cluster.ts";
import { projectConfigMap } from "./config-map.ts";
import { projectMetadata } from "./metadata.ts";
import { projectPod, projectWorkload } from "./pod.ts";
import {
  projectClusterRole,
  projectClusterRoleBinding,
  projectRole,
  projectRoleBinding,
  projectServiceAccount,
} from "./rbac.ts";
import { cutToShape } from "./shape.ts";
import { SPEC_PROJECTIONS } from "./spec-projections.ts";
import { fieldOf } from "./values.ts";

/** Any object of a snapshot. */
export type ProjectedObject =
  | Namespace
  | Node
  | Pod
  | Workload
  | ServiceAccount
  | Role
  | ClusterRole
  | RoleBinding
  | ClusterRoleBinding
  | SpecObject;

type TypedProjection = (object: JsonRecord, context: ProjectionContext) => ProjectedObject;

const TYPED_PROJECTIONS: ReadonlyMap<string, TypedProjection> = new Map<string, TypedProjection>([
  ["namespaces", projectNamespace],
  ["nodes", projectNode],
  ["pods", projectPod],
  ["serviceAccounts", projectServiceAccount],
  ["roles", projectRole],
  ["clusterRoles", projectClusterRole],
  ["roleBindings", projectRoleBinding],
  ["clusterRoleBindings", projectClusterRoleBinding],
]);

/**
 * Cuts one object, as the API server or a manifest gives it, down to what the snapshot keeps of its kind.
 * @param version  Version the object was read in.
 * @returns null for a ConfigMap that is not one of the component configurations.
 * @throws InvalidObject when the object could not be stored by an API server.
 */
export function projectObject(
  definition: KindDefinition,
  version: string,
  object: JsonRecord,
  context: ProjectionContext,
): ProjectedObject | null {
  const typed = TYPED_PROJECTIONS.get(definition.collection);
  if (typed !== undefined) return typed(object, context);
  if (definition.collection === "workloads") {
    const kind = workloadKind(definition.kind);
    return projectWorkload(object, kind, definition.group, context);
  }
  return projectSpecObject(definition, version, object, context);
}

function projectSpecObject(
  definition: KindDefinition,
  version: string,
  object: JsonRecord,
  context: ProjectionContext,
): SpecObject | null {
  const { group, kind, namespaced } = definition;
  const metadata = projectMetadata(object, namespaced, context);
  if (definition.onlyNames !== undefined) {
    const isComponent = definition.onlyNames.some(
      ({ namespace, name }) => namespace === metadata.namespace && name === metadata.name,
    );
    const settings = isComponent ? projectConfigMap(metadata.name, object) : undefined;
    return settings === undefined ? null : { metadata, group, kind, version, spec: settings };
  }
  const projection = SPEC_PROJECTIONS.get(`${group}/${kind}`) ?? {};
  const cut: { [field: string]: Json } = {};
  for (const [field, shape] of Object.entries(projection.root ?? {})) {
    const value = fieldOf(object, field);
    if (value !== undefined) cut[field] = cutToShape(value, shape, field);
  }
  const spec = fieldOf(object, "spec");
  const kept = projection.spec !== undefined && spec !== undefined ? cutToShape(spec, projection.spec, "spec") : {};
  const status = fieldOf(object, "status");
  const keptStatus =
    projection.status !== undefined && status !== undefined
      ? cutToShape(status, projection.status, "status")
      : undefined;
  return {
    metadata,
    group,
    kind,
    version,
    spec: { ...(kept as { readonly [field: string]: Json }), ...cut }, // every `spec` shape is made by fields()
    ...(keptStatus === undefined ? {} : { status: keptStatus }),
  };
}

function workloadKind(kind: string): WorkloadKind {
  const known = WORKLOAD_KINDS.find((candidate) => candidate === kind);
  if (known === undefined) throw new Error(`the registry lists ${kind} as a workload, the model does not`);
  return known;
}
