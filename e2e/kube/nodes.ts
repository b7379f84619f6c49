import type { ControlPlane } from "./control-plane.ts";

export interface TestNode {
  readonly name: string;
  /** For example `v1.36.1`; the version in stages.yaml unless told. */
  readonly kubeletVersion?: string;
  readonly labels?: readonly (readonly [key: string, value: string])[];
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: string;
}

/** Creates nodes that kwok then plays: they become ready and their pods run. Nodes that exist stay as they are. */
export async function createNodes(kube: ControlPlane, nodes: readonly TestNode[]): Promise<void> {
  for (const node of nodes) {
    const { status, body } = await kube.request("POST", "/api/v1/nodes", renderNode(node));
    if (status !== 201 && status !== 409) throw new Error(`node ${node.name}: ${JSON.stringify(body)}`);
  }
}

function renderNode(node: TestNode) {
  const { name, kubeletVersion, labels = [], taints, cpu = "64", memory = "256Gi", pods = "5000" } = node;
  const capacity = { cpu, memory, pods };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: Object.fromEntries([
        ["kubernetes.io/hostname", name],
        ["kubernetes.io/os", "linux"],
        ["kubernetes.io/arch", "amd64"],
        ...labels,
      ]),
      annotations: kubeletVersion === undefined ? {} : { "kordon.test/kubelet": kubeletVersion },
    },
    spec: { taints },
    status: { capacity, allocatable: capacity },
  };
}
