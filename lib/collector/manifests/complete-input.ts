import type { Namespace } from "#lib/model/cluster-objects.ts";
import type { BindingSubject, ClusterRole } from "#lib/model/rbac.ts";
import type { ApiResource } from "#lib/model/snapshot.ts";
import { parseServiceAccountUsername } from "#lib/model/subject-name.ts";
import type { ObjectTable } from "../object-table.ts";
import type { ProjectionContext } from "../project/metadata.ts";
import type { ProjectedObject } from "../project/project-object.ts";
import type { TokenSecrets } from "./token-secrets.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { projectNamespace } from "../project/cluster.ts";
import { projectServiceAccount } from "../project/rbac.ts";
import { fieldOf, isRecord, recordsOf, textOf } from "../project/values.ts";
import { builtInClusterRoles, gatherRules, isBuiltIn } from "./built-in-roles.ts";
import { defaultApiResources, defaultRoles } from "./defaults-data.ts";
import { addTokenSecrets } from "./token-secrets.ts";

/** Verbs of a custom resource. */
const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"] as const;
const DEFAULT_ACCOUNT = "default";
const ACCOUNTS_GROUP = "system:serviceaccounts";
/** Most names that one sentence lists. */
const MAX_NAMES = 5;

/**
 * Adds what a cluster has without anyone writing it down: namespaces that objects lie in, the accounts `default` that bindings or token Secrets
 * mean, the token Secrets of each account, the built-in ClusterRoles that bindings refer to, and the rules of aggregated ClusterRoles. Returns
 * one sentence for each addition.
 */
export function completeInput(
  table: ObjectTable,
  context: ProjectionContext,
  secrets: TokenSecrets,
): readonly string[] {
  const builtIn = builtInRoles(table, context);
  return [
    ...addNamespaces(table, context, secrets),
    ...addDefaultAccounts(table, context, secrets),
    ...addTokenSecrets(table, secrets),
    ...addBuiltInRoles(table, builtIn),
    ...fillAggregatedRoles(table, builtIn),
  ];
}

function addNamespaces(table: ObjectTable, context: ProjectionContext, { tokens }: TokenSecrets): readonly string[] {
  const known = new Set([...table.of("namespaces")].map(({ metadata }) => metadata.name));
  const added = new Set<string>();
  const addUnknown = (namespace: string | undefined) => {
    if (namespace === undefined || known.has(namespace)) return;
    known.add(namespace);
    added.add(namespace);
  };
  for (const { collection } of KIND_DEFINITIONS)
    for (const { metadata } of table.of(collection)) addUnknown(metadata.namespace);
  for (const { namespace } of tokens) addUnknown(namespace);
  for (const name of added) {
    const namespace: Namespace = projectNamespace({ metadata: { name } }, context);
    table.add("namespaces", "", "Namespace", namespace);
  }
  if (added.size === 0) return [];
  return [
    `Namespaces that objects name but the input does not define are taken as existing without labels: ${names(added)}.`,
  ];
}

/**
 * A controller makes this account in every namespace. Added where bindings name it or a group that it is in by being a service account, or a token
 * Secret: any other holds no more rights than everybody.
 */
function addDefaultAccounts(
  table: ObjectTable,
  context: ProjectionContext,
  { tokens }: TokenSecrets,
): readonly string[] {
  const present = new Set<string>();
  for (const { metadata } of table.of("serviceAccounts"))
    if (metadata.name === DEFAULT_ACCOUNT) present.add(metadata.namespace ?? "");
  const wanted = new Set<string | null>();
  for (const collection of ["clusterRoleBindings", "roleBindings"] as const)
    for (const binding of table.of(collection))
      if ("subjects" in binding)
        for (const subject of binding.subjects) {
          const place = placeOfDefaultAccount(subject, binding.metadata.namespace ?? "");
          if (place !== undefined) wanted.add(place);
        }
  for (const { namespace, account } of tokens) if (account === DEFAULT_ACCOUNT) wanted.add(namespace);
  const namespaces = [...table.of("namespaces")].map(({ metadata }) => metadata.name);
  const added = namespaces.filter((name) => (wanted.has(null) || wanted.has(name)) && !present.has(name));
  for (const namespace of added) {
    const account = projectServiceAccount({ metadata: { name: DEFAULT_ACCOUNT, namespace } }, context);
    table.add("serviceAccounts", "", "ServiceAccount", account);
  }
  if (added.length === 0) return [];
  return [`The service account default, which every namespace has, is taken as existing in: ${names(added)}.`];
}

/** The namespace whose account `default` a subject is or counts in; null for every one, undefined for none. */
function placeOfDefaultAccount(subject: BindingSubject, bindingNamespace: string): string | null | undefined {
  const { kind, name, namespace = bindingNamespace } = subject;
  if (kind === "ServiceAccount") return name === DEFAULT_ACCOUNT ? namespace : undefined;
  if (kind === "User") {
    const account = parseServiceAccountUsername(name);
    return account?.name === DEFAULT_ACCOUNT ? account.namespace : undefined;
  }
  if (name === ACCOUNTS_GROUP) return null;
  return name.startsWith(`${ACCOUNTS_GROUP}:`) ? name.slice(ACCOUNTS_GROUP.length + 1) : undefined;
}

/** None when the input holds built-in roles itself. */
function builtInRoles(table: ObjectTable, context: ProjectionContext): readonly ClusterRole[] {
  const present = new Set<string>();
  for (const role of table.of("clusterRoles")) {
    present.add(role.metadata.name);
    if (isBuiltIn(role)) return [];
  }
  return builtInClusterRoles(context).filter(({ metadata }) => !present.has(metadata.name));
}

/** Only roles that some binding of the input refers to or some rule of it lets be bound. */
function addBuiltInRoles(table: ObjectTable, builtIn: readonly ClusterRole[]): readonly string[] {
  const wanted = new Set<string>();
  for (const collection of ["clusterRoleBindings", "roleBindings"] as const)
    for (const binding of table.of(collection)) wanted.add(clusterRoleName(binding) ?? "");
  for (const collection of ["clusterRoles", "roles"] as const)
    for (const role of table.of(collection)) for (const name of bindableNames(role)) wanted.add(name);
  const added = builtIn.filter(({ metadata }) => wanted.has(metadata.name));
  for (const role of added) addClusterRole(table, role);
  if (added.length === 0) return [];
  return [
    `Built-in roles that bindings or rules refer to but the input does not hold are those of Kubernetes ${defaultRoles().version}: ` +
      `${names(added.map(({ metadata }) => metadata.name))}.`,
  ];
}

/**
 * Gives aggregated roles the rules that a controller would give them: those that nobody filled, and built-in ones, which gather from
 * the input beside what a new cluster has. Rules that were written or read from a cluster stay as they are.
 */
function fillAggregatedRoles(table: ObjectTable, builtIn: readonly ClusterRole[]): readonly string[] {
  const roles = new Map<string, ClusterRole>(builtIn.map((role) => [role.metadata.name, role]));
  const open = new Set(roles.keys());
  const inTable = new Set<string>();
  for (const role of table.of("clusterRoles")) {
    if (!("rules" in role)) continue;
    const { name, uid } = role.metadata;
    roles.set(name, role);
    inTable.add(name);
    if (role.rules.length === 0 && uid === undefined) open.add(name);
  }
  const gathered = gatherRules(roles, open);
  const filled = [...gathered.keys()].filter((name) => inTable.has(name));
  for (const name of filled) {
    const role = gathered.get(name);
    if (role) addClusterRole(table, role);
  }
  if (filled.length === 0) return [];
  return [
    `Aggregated roles hold the rules that Kubernetes gathers for them from the ClusterRoles of the input: ${names(filled)}.`,
  ];
}

function addClusterRole(table: ObjectTable, role: ClusterRole): void {
  table.add("clusterRoles", "rbac.authorization.k8s.io", "ClusterRole", role);
}

/** Names of the roles that a rule with `bind` is limited to. */
function bindableNames(role: ProjectedObject): readonly string[] {
  if (!("rules" in role) || !Array.isArray(role.rules)) return [];
  return role.rules.flatMap(({ verbs, resourceNames }) => (verbs.includes("bind") ? resourceNames : []));
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
