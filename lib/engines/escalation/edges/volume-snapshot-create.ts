import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const GROUP = "snapshot.storage.k8s.io";

/** A claim that names a snapshot as its source holds a copy of the data. */
export const volumeSnapshotCreate: EscalationEdge = {
  id: "VOLUME_SNAPSHOT_CREATE",
  primitive: "R56",
  name: "copy volumes",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["create"], GROUP, ["volumesnapshots"]), rights(["create"], "", ["persistentvolumeclaims"])],
  applies: (_, { cluster }) => cluster.serves(GROUP, "volumesnapshots") !== false,
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) => `can copy the volumes of pods${inPlace(place)}: it may create snapshots, and claims from them`,
  target: ({ namespace }) => ({
    label: "Copies",
    title: namespace === null ? "data of every volume" : `volumes of ${namespace}`,
    detail: "by snapshots",
  }),
  gives: "A copy of the data of any volume that is claimed in the namespace, while its owner uses it.",
  precondition: "a storage driver that makes snapshots",
  fix: "Grant create on volumesnapshots to backup tools only.",
  technique: "T1530",
  source: "https://kubernetes.io/docs/concepts/storage/volume-snapshots/",
};
