import { namedOr, type EscalationEdge, type Holder } from "../edge.ts";
import { actingAs, controllersOf, controllerTarget, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const WRITE = ["create", "update", "patch"];
const VELERO: Operator = { product: "Velero", group: "velero.io", resource: "backups", images: ["velero/velero"] };
const RESTORE = rights(["create"], VELERO.group, ["restores"]);
const LOCATION = rights(WRITE, VELERO.group, ["backupstoragelocations"]);

/** A backup may name commands to run in pods before it; a restore creates what the storage contains. */
export const operatorVeleroBackup: EscalationEdge = {
  id: "OPERATOR_VELERO_BACKUP",
  primitive: "R74",
  name: "back up and restore",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [
    [...rights(["create"], VELERO.group, ["backups", "restores"]), ...rights(WRITE, VELERO.group, ["schedules"])],
  ],
  applies: (_, facts, holder) => !isController(facts, VELERO, holder),
  gain: ({ namespace }, facts, holder) => [
    { type: "pods", namespace: null, names: null },
    ...(holds(holder, RESTORE, namespace) && holds(holder, LOCATION, namespace)
      ? actingAs(controllersOf(facts, VELERO))
      : []),
  ],
  state: ({ namespace }, facts) => {
    const state = operatorState(facts, VELERO);
    const own = controllersOf(facts, VELERO).some((account) => account.namespace === namespace);
    if (state.state !== "active" || namespace === null || own) return state;
    return { state: "latent", reason: `Velero reads only its own namespace, not ${namespace}` };
  },
  severity: () => "high",
  sentence: (place) =>
    `can run commands in pods of every namespace by Velero: it may write ${namedOr("backups, schedules or restores", place, "the schedule")}`,
  target: (_, facts) => controllerTarget(facts, VELERO),
  gives:
    "Commands in pods of any namespace; with a storage location of its own also any object that Velero may create.",
  fix: "Let backups and restores be written by who runs Velero.",
  technique: "T1609",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};

function holds(holder: Holder, queries: typeof RESTORE, namespace: string | null): boolean {
  return queries.some((query) => holder.holds(query, namespace));
}
