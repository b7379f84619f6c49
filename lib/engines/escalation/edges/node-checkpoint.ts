import { fromMinor, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** First minor version in which the kubelet makes checkpoints by default. */
const FIRST_MINOR = 30;

/** A checkpoint holds the memory of a container; it is written to the node, where root alone reads it. */
export const nodeCheckpoint: EscalationEdge = {
  id: "NODE_CHECKPOINT",
  primitive: "R51",
  name: "dump containers",
  scope: "cluster",
  implies: [],
  effort: 3,
  needs: () => [rights(["create"], "", ["nodes/checkpoint"])],
  gain: () => ({ type: "none" }),
  state: (_, facts) => {
    const version = fromMinor(facts, FIRST_MINOR, "checkpoints of containers by default");
    if (version.state !== "active") return version;
    return { state: "latent", reason: "the checkpoint stays in a file on the node that only root reads" };
  },
  severity: () => "low",
  sentence: () => "may have the memory of any container written to a file on its node",
  target: () => ({ label: "Dumps", title: "memory of containers", detail: "to a file on the node" }),
  gives: "A file on the node with the memory of a container, keys and tokens included.",
  precondition: "a way to port 10250 of the nodes and to read files there",
  fix: "Remove nodes/checkpoint where nobody analyses containers.",
  technique: "T1003",
  source: "https://kubernetes.io/docs/reference/node/kubelet-checkpoint-api/",
};
