import type { Labels } from "#lib/model/labels.ts";
import type { PolicyRule } from "#lib/model/rbac.ts";
import type { ApiResource } from "#lib/model/snapshot.ts";
import type { ClusterDraft } from "../draft.ts";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { toLabels } from "#lib/model/labels.ts";
import { addClusterRole, addRole, addServiceAccount } from "./rbac.ts";

const texts = z
  .array(z.string())
  .nullish()
  .transform((values) => values ?? []);
const rules = z
  .array(z.object({ verbs: texts, apiGroups: texts, resources: texts, resourceNames: texts, nonResourceURLs: texts }))
  .nullish()
  .transform((values): readonly PolicyRule[] => values ?? []);
const labels = z.array(z.tuple([z.string(), z.string()])).transform((pairs): Labels => pairs);
const roleRef = z.object({ apiGroup: z.string(), kind: z.string(), name: z.string() });
const subjects = z
  .array(
    z.object({
      kind: z.string(),
      apiGroup: z.string().default(""),
      name: z.string(),
      namespace: z.string().optional(),
    }),
  )
  .nullish()
  .transform((values) => values ?? []);
const aggregationRule = z.object({
  clusterRoleSelectors: z.array(z.object({ matchLabels: z.record(z.string(), z.string()) })),
});

const bootstrapSchema = z.object({
  clusterRoles: z.array(z.object({ name: z.string(), labels, rules, aggregationRule: aggregationRule.optional() })),
  clusterRoleBindings: z.array(z.object({ name: z.string(), labels, roleRef, subjects })),
  roles: z.array(z.object({ name: z.string(), namespace: z.string(), labels, rules })),
  roleBindings: z.array(z.object({ name: z.string(), namespace: z.string(), labels, roleRef, subjects })),
});

const resourcesSchema = z.object({
  groups: z.array(
    z.object({
      group: z.string(),
      resources: z.array(
        z.object({
          resource: z.string(),
          kind: z.string(),
          namespaced: z.boolean(),
          verbs: z.array(z.string()),
          versions: z.array(z.string()),
        }),
      ),
    }),
  ),
});

let bootstrap: z.infer<typeof bootstrapSchema> | undefined;
let resources: readonly ApiResource[] | undefined;

/**
 * Adds the roles and bindings that an API server makes at its first start, with the service accounts they name.
 * @param injected  Rules that the aggregation controller has taken into a built-in role, by its name.
 */
export function addDefaultRbac(
  draft: ClusterDraft,
  injected: ReadonlyMap<string, readonly PolicyRule[]> = new Map(),
): void {
  bootstrap ??= bootstrapSchema.parse(readData("bootstrap-rbac.json"));
  for (const { name, labels: roleLabels, rules: own, aggregationRule: aggregation } of bootstrap.clusterRoles) {
    const aggregationSelectors = aggregation?.clusterRoleSelectors.map(({ matchLabels }) => ({
      matchLabels: toLabels(matchLabels),
      matchExpressions: [],
    }));
    const all = [...own, ...(injected.get(name) ?? [])];
    addClusterRole(draft, name, all, { labels: roleLabels, ...(aggregationSelectors ? { aggregationSelectors } : {}) });
  }
  for (const { namespace, name, rules: own, labels: roleLabels } of bootstrap.roles) {
    addRole(draft, namespace, name, own, { labels: roleLabels });
  }
  for (const { name, labels: own, ...binding } of bootstrap.clusterRoleBindings) {
    draft.add("clusterRoleBindings", {
      metadata: draft.metadata("ClusterRoleBinding", { name, labels: own }),
      ...binding,
    });
  }
  for (const { name, namespace, labels: own, ...binding } of bootstrap.roleBindings) {
    const metadata = draft.metadata("RoleBinding", { name, namespace, labels: own });
    draft.add("roleBindings", { metadata, ...binding });
  }
  addNamedAccounts(draft, bootstrap);
}

function addNamedAccounts(
  draft: ClusterDraft,
  { clusterRoleBindings, roleBindings }: z.infer<typeof bootstrapSchema>,
): void {
  for (const { subjects: named } of [...clusterRoleBindings, ...roleBindings]) {
    for (const { kind, namespace, name } of named) {
      if (kind !== "ServiceAccount" || namespace === undefined || draft.findAccount(namespace, name)) continue;
      // Names of components that run with certificates have no account, as in a real cluster.
      if (/^(kube-dns|kube-controller-manager|kube-scheduler|leader-election-controller)$/.test(name)) continue;
      addServiceAccount(draft, namespace, name);
    }
  }
}

/** Resources that a new API server serves, every version of each. Read once. */
export function defaultApiResources(): readonly ApiResource[] {
  resources ??= resourcesSchema
    .parse(readData("api-resources.json"))
    .groups.flatMap(({ group, resources: ofGroup }) =>
      ofGroup.flatMap(({ versions, ...resource }) => versions.map((version) => ({ group, version, ...resource }))),
    );
  return resources;
}

function readData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), "utf8"));
}
