import { accountSeverity, accountTarget, inPlace, type EscalationEdge } from "../edge.ts";
import { CREATE_CONTROLLER } from "../rights.ts";

/** Whoever may create what makes pods need not be allowed to create pods: the controller is. */
export const podControllerCreate: EscalationEdge = {
  id: "POD_CONTROLLER_CREATE",
  primitive: "R36",
  name: "create workloads",
  scope: "namespace",
  implies: ["DATA_DELETE", "POD_CONTROLLER_UPDATE"],
  effort: 2,
  needs: () => [CREATE_CONTROLLER],
  gain: ({ namespace }) => ({ type: "new-pods", namespace }),
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place, facts) => {
    const account = place.namespace === null ? null : facts.takeoverAccountIn(place.namespace);
    if (account) return `may start workloads${inPlace(place)} as ${account}, which can take over the cluster`;
    return `may start workloads${inPlace(place)} whose pods run as any service account there`;
  },
  target: accountTarget,
  gives: "A pod, made by a controller, that runs as any service account of the namespace and mounts any Secret of it.",
  fix: "Deploy through a pipeline of its own, or move powerful service accounts to a namespace of their own.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation",
};
