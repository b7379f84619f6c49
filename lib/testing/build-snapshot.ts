import type { CoverageEntry, Gap } from "#lib/model/coverage.ts";
import type { ClusterSnapshot, SnapshotObjects } from "#lib/model/snapshot.ts";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { defaultApiResources } from "#lib/collector/manifests/defaults-data.ts";
import {
  projectClusterRole,
  projectClusterRoleBinding,
  projectRole,
  projectRoleBinding,
} from "#lib/collector/project/rbac.ts";
import { createInterner } from "#lib/collector/project/interner.ts";
import { compareObjects } from "#lib/model/compare-objects.ts";
import { COLLECTIONS, KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { SNAPSHOT_FORMAT_VERSION } from "#lib/model/snapshot.ts";
import { aMetadata } from "./build-rbac.ts";

/** Objects by collection, and what differs from a cluster of version 1.37 that was read completely. */
export interface SnapshotParts extends Partial<SnapshotObjects> {
  readonly clusterName?: string;
  readonly minor?: string | null;
  /** What could not be read: by resource, in one namespace or everywhere. */
  readonly gaps?: readonly Pick<Gap, "resource" | "namespace" | "state" | "reason">[];
  readonly apiResources?: ClusterSnapshot["apiResources"];
}

/** A snapshot with these objects, sorted, and nothing else. Namespaces that objects lie in exist. */
export function aSnapshot({
  clusterName = "test",
  minor = "37",
  gaps = [],
  apiResources = defaultApiResources().apiResources,
  ...given
}: SnapshotParts = {}): ClusterSnapshot {
  const names = new Set(
    Object.values(given).flatMap((list) => list.flatMap(({ metadata }) => metadata.namespace ?? [])),
  );
  const namespaces = [...names].map((name) => ({ metadata: aMetadata({ name }) }));
  const objects = { namespaces, ...given };
  const all = Object.fromEntries(
    COLLECTIONS.map((name) => [name, [...(objects[name] ?? [])].sort(compareObjects)]),
  ) as unknown as SnapshotObjects; // every collection is there, with the objects given under its name
  return {
    formatVersion: SNAPSHOT_FORMAT_VERSION,
    clusterName,
    source: { type: "live", server: "https://cluster.example.com" },
    collectedAt: "2026-11-23T12:00:00Z",
    durationMs: 1000,
    version: minor === null ? null : { gitVersion: `v1.${minor}.2`, major: "1", minor },
    apiResources,
    apiServer: {},
    coverage: KIND_DEFINITIONS.flatMap(({ group, resource, kind }): readonly CoverageEntry[] => {
      const missing = gaps.filter((gap) => gap.resource === resource);
      const entry = { group, resource, kind, objects: 0 };
      const complete = missing.every(({ namespace }) => namespace !== undefined);
      return [
        ...(complete ? [{ ...entry, state: "complete" } as const] : []),
        ...missing.map((gap) => ({ ...entry, ...gap })),
      ];
    }),
    skipped: [],
    assumptions: [],
    objects: all,
  };
}

const record = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  labels: z.array(z.array(z.string())),
});
const defaultsSchema = z.object({
  clusterRoles: z.array(record),
  clusterRoleBindings: z.array(record),
  roles: z.array(record),
  roleBindings: z.array(record),
});

/** The roles and bindings that an API server makes at its first start, as they were recorded from one. */
export function defaultRbac(): Pick<
  SnapshotObjects,
  "clusterRoles" | "clusterRoleBindings" | "roles" | "roleBindings"
> {
  const data = defaultsSchema.parse(
    JSON.parse(readFileSync(new URL("../data/bootstrap-rbac.json", import.meta.url), "utf8")),
  );
  const context = { interner: createInterner() };
  const toObject = ({ name, namespace, labels, ...rest }: z.infer<typeof record>) => ({
    metadata: { name, namespace, labels: Object.fromEntries(labels) },
    ...rest,
  });
  return {
    clusterRoles: data.clusterRoles.map((role) => projectClusterRole(toObject(role), context)),
    clusterRoleBindings: data.clusterRoleBindings.map((binding) =>
      projectClusterRoleBinding(toObject(binding), context),
    ),
    roles: data.roles.map((role) => projectRole(toObject(role), context)),
    roleBindings: data.roleBindings.map((binding) => projectRoleBinding(toObject(binding), context)),
  };
}
