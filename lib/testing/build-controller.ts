import { defaultApiResources } from "#lib/collector/manifests/defaults-data.ts";
import { aContainer, aPod } from "./build-pods.ts";
import { aBinding, aMetadata, anAccount, aServiceAccount } from "./build-rbac.ts";
import type { SnapshotParts } from "./build-snapshot.ts";

/**
 * The cluster with an operator in it: its resources are served, and a controller of this image runs as an account of the namespace
 * `controllers` that is bound to cluster-admin.
 */
export function withController(
  parts: SnapshotParts,
  {
    group,
    resources,
    image,
    account = "robot",
  }: {
    readonly group: string;
    readonly resources: readonly string[];
    readonly image: string;
    readonly account?: string;
  },
): SnapshotParts {
  const served = resources.map((resource) => ({
    group,
    version: "v1",
    resource,
    kind: resource,
    namespaced: true,
    verbs: [],
  }));
  const namespaces = parts.namespaces ?? [];
  const controllers = {
    metadata: aMetadata({ name: "controllers", labels: [["pod-security.kubernetes.io/enforce", "restricted"]] }),
  };
  return {
    ...parts,
    apiResources: [...(parts.apiResources ?? defaultApiResources().apiResources), ...served],
    namespaces: namespaces.some(({ metadata }) => metadata.name === "controllers")
      ? namespaces
      : [...namespaces, controllers],
    serviceAccounts: [...(parts.serviceAccounts ?? []), aServiceAccount("controllers", account)],
    pods: [
      ...(parts.pods ?? []),
      aPod("controllers", `${account}-0`, {
        spec: { serviceAccountName: account, containers: [aContainer({ image })] },
      }),
    ],
    clusterRoleBindings: [
      ...(parts.clusterRoleBindings ?? []),
      aBinding({ name: `controller-${account}`, role: "cluster-admin", subjects: [anAccount("controllers", account)] }),
    ],
  };
}
