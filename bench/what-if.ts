import { analyzeAccess, type AccessAnalysis } from "../lib/analysis/analyze-access.ts";
import { changeObjects } from "../lib/analysis/what-if/change-objects.ts";
import { reachBeyond, reachOf } from "../lib/analysis/what-if/compare-reach.ts";
import { whatIf, type WhatIfChanges } from "../lib/analysis/what-if/what-if.ts";
import type { WhatIf } from "../lib/contracts/what-if.ts";
import type { ClusterRole, RoleBinding } from "../lib/model/rbac.ts";
import type { ClusterSnapshot } from "../lib/model/snapshot.ts";
import { makeSnapshot } from "./cluster.ts";
import { formatMs, percentile } from "./measure.ts";
import { seededRandom } from "./random.ts";

const DANGEROUS = 0.02;
const CHANGES = 60;
const CHECKED = 6;
const RBAC_GROUP = "rbac.authorization.k8s.io";

/** What-if on the cluster of the paths benchmark, against analysing it anew. */
export function benchWhatIf(): void {
  const snapshot = makeSnapshot(seededRandom(5), DANGEROUS);
  const startedAt = performance.now();
  const analysis = analyzeAccess(snapshot);
  console.log(`What-if: analysed once in ${formatMs(performance.now() - startedAt)}`);
  const times: number[] = [];
  const first = changesOf(snapshot, 0);
  const firstAt = performance.now();
  whatIf(analysis, first);
  console.log(`  first question               ${formatMs(performance.now() - firstAt)}`);
  let anewMs = 0;
  let different = 0;
  for (let index = 0; index < CHANGES; index += 1) {
    const changes = changesOf(snapshot, index);
    const askedAt = performance.now();
    const answer = whatIf(analysis, changes);
    times.push(performance.now() - askedAt);
    if (index >= CHECKED) continue;
    const anewAt = performance.now();
    const expected = anew(analysis, changes);
    anewMs += (performance.now() - anewAt) / CHECKED;
    if (JSON.stringify(expected) !== JSON.stringify(counted(answer.reach))) different += 1;
  }
  times.sort((a, b) => a - b);
  const median = percentile(times, 0.5);
  console.log(
    `  ${CHANGES} changes                   median ${formatMs(median)}, p95 ${formatMs(percentile(times, 0.95))}, max ${formatMs(times.at(-1) ?? 0)}, bound 500 ms`,
  );
  console.log(
    `  ratio to analysing anew      ${(anewMs / median).toFixed(1)} × (${formatMs(anewMs)}), ${different} of ${CHECKED} answers different`,
  );
}

/** In turns: a new binding to cluster-admin, a binding removed, a role rewritten, a new role with a binding in a namespace. */
function changesOf({ objects }: ClusterSnapshot, index: number): WhatIfChanges {
  const pick = <T>(list: readonly T[]): T => list[(index * 7919) % list.length] as T; // lists of the benchmark are never empty
  const account = pick(objects.serviceAccounts).metadata;
  const binding = pick(objects.roleBindings);
  const role = pick(objects.clusterRoles);
  const added = (name: string, roleName: string): RoleBinding => ({
    ...binding,
    metadata: { ...binding.metadata, name, namespace: account.namespace ?? "" },
    roleRef: { apiGroup: RBAC_GROUP, kind: "ClusterRole", name: roleName },
    subjects: [{ kind: "ServiceAccount", apiGroup: "", namespace: account.namespace ?? "", name: account.name }],
  });
  const everything: ClusterRole = {
    metadata: { ...role.metadata, name: "what-if" },
    rules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], resourceNames: [], nonResourceURLs: [] }],
  };
  const { namespace = "" } = account;
  const roleBinding = (object: RoleBinding) => ({
    ref: { group: RBAC_GROUP, kind: "RoleBinding", namespace, name: object.metadata.name },
    object,
  });
  const clusterRole = (object: ClusterRole) => ({
    ref: { group: RBAC_GROUP, kind: "ClusterRole", name: object.metadata.name },
    object,
  });
  switch (index % 4) {
    case 0:
      return { written: [clusterRole(everything), roleBinding(added("what-if", "what-if"))], removed: [] };
    case 1: {
      const { name, namespace: own = "" } = binding.metadata;
      return { written: [], removed: [{ group: RBAC_GROUP, kind: "RoleBinding", namespace: own, name }] };
    }
    case 2:
      return { written: [clusterRole({ ...role, rules: role.rules.slice(1) })], removed: [] };
    default:
      return { written: [roleBinding(added("what-if", role.metadata.name))], removed: [] };
  }
}

/** Who gains and loses what, found by analysing the changed cluster from nothing. */
function anew(analysis: AccessAnalysis, { written, removed }: WhatIfChanges) {
  const { objects } = changeObjects(analysis.snapshot.objects, written, removed);
  const before = reachOf(analysis.escalation.graph);
  const after = reachOf(analyzeAccess({ ...analysis.snapshot, objects }).escalation.graph);
  return counted({ gained: reachBeyond(after, before), lost: reachBeyond(before, after) });
}

function counted({ gained, lost }: WhatIf["reach"]) {
  return [gained, lost].map((list) => list.map(({ target, count, subjects }) => [target.id, count, subjects]));
}
