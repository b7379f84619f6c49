import type { ApiResource } from "#lib/model/snapshot.ts";
import { readFileSync } from "node:fs";
import { z } from "zod";

/**
 * What a new cluster of the recorded version holds: built-in roles and served resources. The files are data of the
 * product (`lib/data`), recorded from a real API server by `e2e/kube/record-defaults.ts`.
 */
const header = z.object({ kubernetesVersion: z.string() });
const bootstrapSchema = z.object({
  header,
  clusterRoles: z.array(
    z.object({
      name: z.string(),
      labels: z.array(z.tuple([z.string(), z.string()])),
      aggregationRule: z.unknown().optional(),
      rules: z.array(z.unknown()).nullish(),
    }),
  ),
});
const resourcesSchema = z.object({
  header,
  groups: z.array(
    z.object({
      group: z.string(),
      preferredVersion: z.string(),
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

export interface DefaultRole {
  readonly name: string;
  readonly labels: readonly (readonly [string, string])[];
  readonly aggregationRule?: unknown;
  readonly rules?: readonly unknown[] | null;
}

let roles: { readonly version: string; readonly clusterRoles: readonly DefaultRole[] } | undefined;
let resources: { readonly version: string; readonly apiResources: readonly ApiResource[] } | undefined;

/** Built-in ClusterRoles with the version they were recorded from. Read once. */
export function defaultRoles(): NonNullable<typeof roles> {
  roles ??= readRoles();
  return roles;
}

/** Resources that a new cluster serves, with the version they were recorded from. Read once. */
export function defaultApiResources(): NonNullable<typeof resources> {
  resources ??= readResources();
  return resources;
}

function readRoles(): NonNullable<typeof roles> {
  const data = bootstrapSchema.parse(readData("bootstrap-rbac.json"));
  return { version: data.header.kubernetesVersion, clusterRoles: data.clusterRoles };
}

function readResources(): NonNullable<typeof resources> {
  const data = resourcesSchema.parse(readData("api-resources.json"));
  const apiResources = data.groups.flatMap(({ group, resources: ofGroup }) =>
    ofGroup.flatMap(({ versions, ...resource }) => versions.map((version) => ({ group, version, ...resource }))),
  );
  return { version: data.header.kubernetesVersion, apiResources };
}

function readData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), "utf8"));
}
