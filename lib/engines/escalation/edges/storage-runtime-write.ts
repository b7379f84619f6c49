import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const WRITE = ["create", "update", "patch"];

/** These objects tell programs that are root on nodes what to attach, mount and run. */
export const storageRuntimeWrite: EscalationEdge = {
  id: "STORAGE_RUNTIME_WRITE",
  primitive: "R55",
  name: "write storage classes",
  scope: "cluster",
  implies: [],
  effort: 3,
  needs: () => [
    [
      ...rights(WRITE, "storage.k8s.io", ["csidrivers", "storageclasses", "volumeattachments"]),
      ...rights(WRITE, "node.k8s.io", ["runtimeclasses"]),
    ],
  ],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) =>
    `may change how nodes attach storage or run containers: it may write ${namedOr("storage or runtime classes", place, "the class")}`,
  target: () => ({ label: "Changes", title: "storage and runtimes", detail: "of every pod that names them" }),
  gives: "Parameters of its choice for storage drivers and container runtimes; what that is worth depends on them.",
  precondition: "a driver or runtime that obeys such parameters",
  fix: "Leave storage classes, drivers and runtime classes to the administrators of the cluster.",
  technique: "T1565.001",
  source: "https://kubernetes.io/docs/concepts/storage/storage-classes/",
};
