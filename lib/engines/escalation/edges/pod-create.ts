import type { ClusterFacts } from "../cluster-facts.ts";
import { accountSeverity, accountTarget, inPlace, type EscalationEdge } from "../edge.ts";
import { isObjectName } from "../rights.ts";

const CREATE = { verb: "create", apiGroup: "", resource: "pods" } as const;

/**
 * A new pod may name any service account of its namespace. The request to create it has no name, so a rule limited by name allows none, but
 * server-side apply asks for `patch` and `create` with the name.
 */
export const podCreate: EscalationEdge = {
  id: "POD_CREATE",
  primitive: "R35",
  name: "create pods",
  scope: "namespace",
  implies: ["DATA_DELETE", "POD_CONTROLLER_CREATE", "POD_CONTROLLER_UPDATE"],
  effort: 1,
  names: "all",
  needs: () => [[{ ...CREATE, names: "any" }], [CREATE, { ...CREATE, verb: "patch", names: "any" }]],
  gain: ({ namespace }) => ({ type: "new-pods", namespace }),
  state: ({ namespace, names }, { cluster }) =>
    !names || names.some((name) => isFree(name, namespace, cluster))
      ? { state: "active" }
      : { state: "latent", reason: `it works only while no pod ${names.join(" or ")} is there` },
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place, facts) => {
    const account = place.namespace === null ? null : facts.takeoverAccountIn(place.namespace);
    if (account) return `may run pods${inPlace(place)} as ${account}, which can take over the cluster`;
    return `may run pods${inPlace(place)} as any service account there`;
  },
  target: accountTarget,
  gives: "A pod that runs as any service account of the namespace and mounts any Secret or ConfigMap of it.",
  fix: "Let a controller create the pods, or move powerful service accounts to a namespace of their own.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation",
};

function isFree(name: string, namespace: string | null, { objects }: ClusterFacts): boolean {
  return (
    isObjectName(name) &&
    !objects.pods.some(
      ({ metadata }) => metadata.name === name && (namespace === null || metadata.namespace === namespace),
    )
  );
}
