import { mountsToken } from "../engines/escalation/index.ts";
import type { ClusterSnapshot } from "../model/snapshot.ts";
import type { Pod, PodSpec, Workload } from "../model/pod.ts";
import { compareText } from "../model/subject-name.ts";

/** A controller (or a bare pod) that runs as an account. `pods` is 0 for a template without running pods. */
export interface AccountWorkload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly pods: number;
  /** Whether a token of the account stands in the pod's file system. */
  readonly tokenMounted: boolean;
}

/** Who runs as one service account. */
export interface AccountUse {
  readonly pods: number;
  readonly nodes: number;
  /** By kind, namespace and name. */
  readonly workloads: readonly AccountWorkload[];
}

const NOBODY: AccountUse = { pods: 0, nodes: 0, workloads: [] };

/** Looks up who runs as `namespace/name`. */
export type AccountUses = (namespace: string, name: string) => AccountUse;

/**
 * Groups pods under their controllers, by the service account they run as. A ReplicaSet or Job with a controller of its own
 * counts as that controller. Templates without pods count as workloads with 0 pods, so manifests have answers too. Never throws.
 */
export function accountUses({ objects }: ClusterSnapshot): AccountUses {
  const owners = controllerIndex(objects.workloads);
  const accounts = new Map(
    objects.serviceAccounts.map((account) => [
      accountKey(account.metadata.namespace ?? "", account.metadata.name),
      account,
    ]),
  );
  const uses = new Map<
    string,
    {
      pods: number;
      nodes: Set<string>;
      workloads: Map<string, { -readonly [key in keyof AccountWorkload]: AccountWorkload[key] }>;
    }
  >();
  const note = (namespace: string, spec: PodSpec, owner: { kind: string; name: string }, pod: Pod | null): void => {
    const key = accountKey(namespace, spec.serviceAccountName);
    let use = uses.get(key);
    if (!use) uses.set(key, (use = { pods: 0, nodes: new Set(), workloads: new Map() }));
    const workloadKey = `${owner.kind}/${owner.name}`;
    let workload = use.workloads.get(workloadKey);
    if (!workload) use.workloads.set(workloadKey, (workload = { ...owner, namespace, pods: 0, tokenMounted: false }));
    workload.tokenMounted ||= mountsToken(spec, accounts.get(key));
    if (!pod) return;
    workload.pods += 1;
    use.pods += 1;
    if (pod.nodeName !== undefined) use.nodes.add(pod.nodeName);
  };
  for (const pod of objects.pods) {
    const owner = pod.metadata.ownerReferences.find(({ controller }) => controller);
    const controller = owner
      ? (owners.get(`${pod.metadata.namespace}/${owner.kind}/${owner.name}`) ?? owner)
      : { kind: "Pod", name: pod.metadata.name };
    note(pod.metadata.namespace ?? "", pod.spec, { kind: controller.kind, name: controller.name }, pod);
  }
  for (const workload of objects.workloads) {
    if (workload.metadata.ownerReferences.some(({ controller }) => controller) || workload.replicas === 0) continue;
    note(
      workload.metadata.namespace ?? "",
      workload.template.spec,
      { kind: workload.kind, name: workload.metadata.name },
      null,
    );
  }
  return (namespace, name) => {
    const use = uses.get(accountKey(namespace, name));
    if (!use) return NOBODY;
    const workloads = [...use.workloads.values()].sort(
      (a, b) => b.pods - a.pods || compareText(a.kind, b.kind) || compareText(a.name, b.name),
    );
    return { pods: use.pods, nodes: use.nodes.size, workloads };
  };
}

/** Top controller of each controlled workload, by `namespace/kind/name`. */
function controllerIndex(
  workloads: readonly Workload[],
): ReadonlyMap<string, { readonly kind: string; readonly name: string }> {
  return new Map(
    workloads.map(({ kind, metadata }) => {
      const owner = metadata.ownerReferences.find(({ controller }) => controller);
      return [`${metadata.namespace}/${kind}/${metadata.name}`, owner ?? { kind, name: metadata.name }];
    }),
  );
}

function accountKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
