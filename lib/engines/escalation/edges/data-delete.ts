import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Deleting a namespace deletes all in it; deleting a claim deletes its volume unless the volume is kept. */
export const dataDelete: EscalationEdge = {
  id: "DATA_DELETE",
  primitive: "R72",
  name: "delete data",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [
    [
      ...rights(["delete"], "", ["namespaces"]),
      ...rights(["delete", "deletecollection"], "", ["persistentvolumeclaims"]),
    ],
  ],
  gain: () => ({ type: "none" }),
  severity: ({ namespace, names }) => (namespace === null && !names ? "medium" : "low"),
  sentence: (place) =>
    `may destroy data${inPlace(place)}: it may delete ${namedOr("volume claims or namespaces", place, "what is named")}`,
  target: ({ namespace }) => ({
    label: "Destroys",
    title: namespace === null ? "data of every namespace" : `data of ${namespace}`,
    detail: "volumes, or the whole namespace",
  }),
  gives: "The loss of volumes and of everything else in the namespace.",
  fix: "Remove delete on claims and namespaces, and keep volumes with the reclaim policy Retain.",
  technique: "T1485",
  source: "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming",
};
