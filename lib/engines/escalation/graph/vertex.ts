import type { Gain, RolesGain } from "../edge.ts";

/** What paths are asked for, beside the administration of single namespaces and roles of a cloud. */
export const CLUSTER_TARGETS = ["cluster-admin", "masters", "node-root", "kube-system-secrets"] as const;
export type ClusterTarget = (typeof CLUSTER_TARGETS)[number];

/**
 * A state of the attacker. `subject` acts as one subject of the access model, by its position; the others are what `Gain` says, and:
 * - `account`: holding a token of the service account at that position, which is more than acting as it
 * - `target`: an end of interest
 * - `node`: root on one node
 * - `role`: holding one role, by its position, cluster-wide or in a namespace, beside whatever else
 * - `cloud-role`: a role outside the cluster
 */
export type Vertex =
  | { readonly type: "subject" | "account"; readonly subject: number }
  | { readonly type: "target"; readonly target: ClusterTarget }
  | Exclude<Gain, RolesGain | { readonly type: "cluster-admin" | "masters" | "none" }>
  | { readonly type: "role"; readonly role: number; readonly namespace: string | null }
  | { readonly type: "node"; readonly name: string }
  | { readonly type: "cloud-role"; readonly name: string };

/** Equal for equal vertices. */
export function vertexKey(vertex: Vertex): string {
  return JSON.stringify(Object.values(vertex));
}
