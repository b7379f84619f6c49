import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { UPDATE_CONTROLLER } from "../rights.ts";
import { startsByController } from "../start-pod.ts";

/** The template of a workload names image, account and volumes anew; one named workload is enough for any account of its namespace. */
export const podControllerUpdate: EscalationEdge = {
  id: "POD_CONTROLLER_UPDATE",
  primitive: "R37",
  name: "change workloads",
  scope: "namespace",
  implies: ["DATA_DELETE", "WORKLOAD_DELETE"],
  effort: 2,
  needs: () => [UPDATE_CONTROLLER],
  gain: ({ namespace }) => ({ type: "new-pods", namespace }),
  state: (place, facts, holder) =>
    startsByController(place, facts, holder)
      ? { state: "active" }
      : { state: "latent", reason: "there is no such workload whose template could be changed" },
  severity: ({ namespace }, facts) => accountSeverity({ namespace }, facts, "medium"),
  sentence: (place, facts) => {
    const what = `may change the pods of ${namedOr("any workload", place, "the workload")}${inPlace(place)}`;
    const account = place.namespace === null ? null : facts.takeoverAccountIn(place.namespace);
    return account
      ? `${what} to run as ${account}, which can take over the cluster`
      : `${what} to run as any service account there`;
  },
  target: ({ namespace }, facts) => accountTarget({ namespace }, facts),
  gives:
    "Pods of a workload that is there, with another image, as any service account of the namespace and with any Secret of it.",
  fix: "Grant update on the scale subresource where only that is needed, or deploy through a pipeline of its own.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation",
};
