import type { Node } from "#lib/model/cluster-objects.ts";
import type { ClusterDraft } from "../draft.ts";
import { toLabels } from "#lib/model/labels.ts";
import { hashOf, nameSuffix } from "../random.ts";

export interface NodeFacts {
  readonly kubelet: string;
  readonly runtime: string;
  readonly kernel: string;
  readonly osImage: string;
}

/** Nodes of a cluster with free addresses for pods. */
export class NodePool {
  readonly controlPlane: readonly Node[];
  readonly workers: readonly Node[];
  readonly #usedAddresses = new Set<string>();

  constructor(controlPlane: readonly Node[], workers: readonly Node[]) {
    this.controlPlane = controlPlane;
    this.workers = workers;
  }

  get all(): readonly Node[] {
    return [...this.controlPlane, ...this.workers];
  }

  /** The worker that a pod of this name runs on. */
  workerFor(podKey: string): Node {
    const node = this.workers[hashOf(podKey) % this.workers.length];
    if (!node) throw new RangeError("the cluster has no workers");
    return node;
  }

  /** A free address of the node's range that depends on the pod; a later pod does not move it. */
  addressOn(node: Node, podKey: string): string {
    const prefix = (node.podCIDRs[0] ?? "").replace(/\.0\/24$/, "");
    const start = hashOf(`address ${podKey}`);
    for (let attempt = 0; attempt < 250; attempt += 1) {
      const address = `${prefix}.${((start + attempt) % 250) + 2}`;
      if (this.#usedAddresses.has(address)) continue;
      this.#usedAddresses.add(address);
      return address;
    }
    throw new RangeError(`the addresses of node ${node.metadata.name} are used up`);
  }
}

/** Adds nodes. `factsOf` says what a worker runs, by its index; control plane nodes run `factsOf(0)`. */
export function addNodes(
  draft: ClusterDraft,
  counts: { readonly controlPlane: number; readonly workers: number },
  factsOf: (index: number) => NodeFacts,
): NodePool {
  const add = (role: "control-plane" | "worker", index: number, facts: NodeFacts): Node => {
    const number = role === "worker" ? index + counts.controlPlane : index;
    const name = `${role === "worker" ? "node" : "control"}-${nameSuffix(`${role} ${index}`, 5)}`;
    const node = aNode(draft, { name, number, role, facts });
    draft.add("nodes", node);
    return node;
  };
  const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
  return new NodePool(
    range(counts.controlPlane).map((index) => add("control-plane", index, factsOf(0))),
    range(counts.workers).map((index) => add("worker", index, factsOf(index))),
  );
}

interface NodeIdentity {
  readonly name: string;
  readonly number: number;
  readonly role: "control-plane" | "worker";
  readonly facts: NodeFacts;
}

function aNode(draft: ClusterDraft, { name, number, role, facts }: NodeIdentity): Node {
  const zone = ["a", "b", "c"][number % 3] ?? "a";
  const labels = toLabels({
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "topology.kubernetes.io/region": "eu-central-1",
    "topology.kubernetes.io/zone": `eu-central-1${zone}`,
    ...(role === "control-plane" ? { "node-role.kubernetes.io/control-plane": "" } : {}),
  });
  return {
    metadata: draft.metadata("Node", { name, labels }),
    addresses: [
      { type: "InternalIP", address: `10.${10 + (number >> 8)}.${number & 255}.10` },
      { type: "Hostname", address: name },
    ],
    podCIDRs: [`10.${64 + (number >> 8)}.${number & 255}.0/24`],
    taints: role === "control-plane" ? [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] : [],
    unschedulable: false,
    ready: true,
    info: {
      kubeletVersion: facts.kubelet,
      kubeProxyVersion: facts.kubelet,
      containerRuntimeVersion: facts.runtime,
      kernelVersion: facts.kernel,
      osImage: facts.osImage,
      operatingSystem: "linux",
      architecture: "amd64",
    },
  };
}
