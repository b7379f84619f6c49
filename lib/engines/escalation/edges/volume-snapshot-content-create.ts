import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const GROUP = "snapshot.storage.k8s.io";
const CREATE_CONTENT = rights(["create"], GROUP, ["volumesnapshotcontents"]);

/** The content names a snapshot of the storage system by its handle, whoever it belongs to. */
export const volumeSnapshotContentCreate: EscalationEdge = {
  id: "VOLUME_SNAPSHOT_CONTENT_CREATE",
  primitive: "R56",
  name: "copy any volume",
  scope: "namespace",
  implies: [],
  effort: 3,
  needs: () => [
    CREATE_CONTENT,
    rights(["create"], GROUP, ["volumesnapshots"]),
    rights(["create"], "", ["persistentvolumeclaims"]),
  ],
  // Contents are cluster-scoped: a role binding does not give them.
  applies: ({ namespace }, { cluster }, holder) =>
    cluster.serves(GROUP, "volumesnapshotcontents") !== false &&
    (namespace === null || CREATE_CONTENT.some((query) => holder.holds(query, null))),
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: (place) =>
    `can copy snapshots of other namespaces to itself${inPlace(place)}: it may create their contents`,
  target: () => ({ label: "Copies", title: "any snapshot", detail: "of the storage system, by its handle" }),
  gives: "A copy of the data of any snapshot in the storage system whose handle it knows or guesses.",
  precondition: "the handle of a snapshot",
  fix: "Leave volumesnapshotcontents to the snapshot controller and to backup tools.",
  technique: "T1530",
  source: "https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static",
};
