import { inPlace, type EdgeFacts, type EscalationEdge, type Place } from "../edge.ts";
import { rights, START_POD } from "../rights.ts";
import { startingState } from "../start-pod.ts";

const CREATE_VOLUME = rights(["create"], "", ["persistentvolumes"]);

/**
 * Pod Security looks at the claim a pod names, not at the volume behind it: that may be a folder of the host. The author need not be allowed to make
 * the claim: a controller makes those of ephemeral volumes.
 */
export const persistentVolumeCreate: EscalationEdge = {
  id: "PERSISTENT_VOLUME_CREATE",
  primitive: "R54",
  name: "mount the host",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [CREATE_VOLUME, START_POD],
  // Volumes are cluster-scoped: a role binding does not give them.
  applies: ({ namespace }, _, holder) => namespace === null || CREATE_VOLUME.some((query) => holder.holds(query, null)),
  gain: () => ({ type: "nodes", names: null }),
  state: (place, facts, holder) =>
    mayBeRoot(place, facts)
      ? startingState(place, facts, holder)
      : {
          state: "latent",
          reason:
            "Pod Security at level restricted lets no process there be root, which most files of the host ask for",
        },
  severity: () => "high",
  sentence: (place) =>
    `can mount the file system of a node${inPlace(place)}: it may create persistent volumes and start pods`,
  target: () => ({ label: "Breaks out to", title: "any node", detail: "by a volume that is a folder of the host" }),
  gives:
    "The whole file system of a node, writable, in a pod of its own, also where Pod Security forbids host folders.",
  fix: "Let a provisioner create the volumes, and remove create on persistentvolumes.",
  technique: "T1611",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation",
};

function mayBeRoot({ namespace }: Place, { cluster }: EdgeFacts): boolean {
  const namespaces = namespace === null ? cluster.namespaces : [namespace];
  return namespaces.some((name) => ["privileged", "baseline"].includes(cluster.podSecurity(name)));
}
