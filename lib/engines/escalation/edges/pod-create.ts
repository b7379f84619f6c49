import { accountSeverity, accountTarget, inPlace, type EscalationEdge } from "../edge.ts";

/** A new pod may name any service account of its namespace. `create` with resourceNames allows nothing: the request has no name. */
export const podCreate: EscalationEdge = {
  id: "POD_CREATE",
  primitive: "R35",
  name: "create pods",
  scope: "namespace",
  implies: ["DATA_DELETE", "POD_CONTROLLER_CREATE", "POD_CONTROLLER_UPDATE"],
  effort: 1,
  needs: () => [[{ verb: "create", apiGroup: "", resource: "pods" }]],
  gain: ({ namespace }) => ({ type: "new-pods", namespace }),
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
