import type { Namespace } from "#lib/model/cluster-objects.ts";
import type { ApiResource } from "#lib/model/snapshot.ts";
import type { ObjectTable } from "../object-table.ts";
import type { ProjectionContext } from "../project/metadata.ts";
import type { ProjectedObject } from "../project/project-object.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { projectNamespace } from "../project/cluster.ts";
import { projectClusterRole } from "../project/rbac.ts";
import { fieldOf, isRecord, recordsOf, textOf } from "../project/values.ts";
import { defaultApiResources, defaultRoles } from "./defaults-data.ts";

/** Verbs of a custom resource. */
const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"] as const;
const BOOTSTRAP_LABEL = "kubernetes.io/bootstrapping";
/** Most names that one sentence lists. */
const MAX_NAMES = 5;

/**
 * Adds what a cluster has without anyone writing it down: namespaces that objects lie in, and the built-in
 * ClusterRoles that bindings refer to. Returns one sentence for each addition.
 */
export function completeInput(table: ObjectTable, context: ProjectionContext): readonly string[] {
  return [...addNamespaces(table, context), ...addBuiltInRoles(table, context)];
}

function addNamespaces(table: ObjectTable, context: ProjectionContext): readonly string[] {
  const known = new Set([...table.of("namespaces")].map(({ metadata }) => metadata.name));
  const added = new Set<string>();
  for (const { collection } of KIND_DEFINITIONS) {
    for (const { metadata } of table.of(collection)) {
      if (metadata.namespace === undefined || known.has(metadata.namespace)) continue;
      known.add(metadata.namespace);
      added.add(metadata.namespace);
    }
  }
  for (const name of added) {
    const namespace: Namespace = projectNamespace({ metadata: { name } }, context);
    table.add("namespaces", "", "Namespace", namespace);
  }
  if (added.size === 0) return [];
  return [
    `Namespaces that objects name but the input does not define are taken as existing without labels: ${names(added)}.`,
  ];
}

/** Only roles that some binding of the input refers to, and only when the input has no built-in role itself. */
function addBuiltInRoles(table: ObjectTable, context: ProjectionContext): readonly string[] {
  const present = new Set<string>();
  for (const { metadata } of table.of("clusterRoles")) {
    present.add(metadata.name);
    if (metadata.labels.some(([key, value]) => key === BOOTSTRAP_LABEL && value === "rbac-defaults")) return [];
  }
  const wanted = new Set<string>();
  for (const collection of ["clusterRoleBindings", "roleBindings"] as const) {
    for (const binding of table.of(collection)) {
      const role = clusterRoleName(binding);
      if (role !== undefined && !present.has(role)) wanted.add(role);
    }
  }
  const { version, clusterRoles } = defaultRoles();
  const added = clusterRoles.filter(({ name }) => wanted.has(name));
  for (const { name, labels, rules, aggregationRule } of added) {
    const object = { metadata: { name, labels: Object.fromEntries(labels) }, rules, aggregationRule };
    table.add("clusterRoles", "rbac.authorization.k8s.io", "ClusterRole", projectClusterRole(object, context));
  }
  if (added.length === 0) return [];
  return [
    `Built-in roles that bindings refer to but the input does not hold are those of Kubernetes ${version}: ` +
      `${names(added.map(({ name }) => name))}.`,
  ];
}

function clusterRoleName(binding: ProjectedObject): string | undefined {
  return "roleRef" in binding && binding.roleRef.kind === "ClusterRole" ? binding.roleRef.name : undefined;
}

/** Served resources for an input without discovery: those of a new cluster and the custom ones that the input defines. */
export function assumedApiResources(table: ObjectTable): {
  readonly apiResources: readonly ApiResource[];
  readonly assumption: string;
} {
  const { version, apiResources } = defaultApiResources();
  const custom: ApiResource[] = [];
  for (const definition of table.of("customResourceDefinitions")) {
    if ("spec" in definition && isRecord(definition.spec)) custom.push(...customResources(definition.spec));
  }
  return {
    apiResources: [...apiResources, ...custom],
    assumption: `The API resources are those of a new Kubernetes ${version} cluster and of the definitions in the input.`,
  };
}

function customResources(spec: { readonly [key: string]: unknown }): readonly ApiResource[] {
  const given = fieldOf(spec, "names");
  if (!isRecord(given)) return [];
  return recordsOf(spec, "versions")
    .filter((version) => version.served === true)
    .map((version) => ({
      group: textOf(spec, "group"),
      version: textOf(version, "name"),
      resource: textOf(given, "plural"),
      kind: textOf(given, "kind"),
      namespaced: textOf(spec, "scope") === "Namespaced",
      verbs: ALL_VERBS,
    }));
}

function names(all: Iterable<string>): string {
  const sorted = [...all].sort();
  const shown = sorted.slice(0, MAX_NAMES).join(", ");
  return sorted.length > MAX_NAMES ? `${shown} and ${sorted.length - MAX_NAMES} more` : shown;
}
