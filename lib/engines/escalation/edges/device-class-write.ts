import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** A class chooses devices and hands parameters to their driver, which trusts them as an administrator's. */
export const deviceClassWrite: EscalationEdge = {
  id: "DEVICE_CLASS_WRITE",
  primitive: "R57",
  name: "write device classes",
  scope: "cluster",
  implies: [],
  effort: 3,
  needs: () => [rights(["create", "update", "patch"], "resource.k8s.io", ["deviceclasses"])],
  applies: (_, { cluster }) => cluster.serves("resource.k8s.io", "deviceclasses") !== false,
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) =>
    `may decide which devices claims get, and how drivers set them up: it may write ${namedOr("device classes", place, "the device class")}`,
  target: () => ({ label: "Changes", title: "device classes", detail: "of every claim that names them" }),
  gives: "Parameters of its choice for device drivers, which are privileged on their nodes.",
  precondition: "a driver for dynamic resources",
  fix: "Leave device classes to the administrators of the cluster.",
  technique: "T1565.001",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/",
};
