import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The image of a container is one of the few fields of a running pod that can be changed; account and volumes cannot. */
export const podUpdate: EscalationEdge = {
  id: "POD_UPDATE",
  primitive: "R38",
  name: "change pods",
  scope: "namespace",
  implies: ["POD_STATUS_UPDATE"],
  effort: 2,
  needs: () => [rights(["update", "patch"], "", ["pods"])],
  gain: ({ namespace, names }) => ({ type: "pods", namespace, names: names ?? null }),
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place) =>
    `may replace the image of ${namedOr("any running pod", place, "the running pod")}${inPlace(place)} by its own`,
  target: accountTarget,
  gives: "Code of its own in pods that run already, with their volumes, node access and service account token.",
  fix: "Remove update and patch on pods; deployments are changed through their own object.",
  technique: "T1525",
  source: "https://kubernetes.io/docs/concepts/workloads/pods/#pod-update-and-replacement",
};
