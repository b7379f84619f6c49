import type { Operator } from "./operator.ts";

/** Network plugins: that they write policies and nodes is their work. */
export const NETWORK_PLUGINS: Pick<Operator, "images"> = {
  images: [
    "antrea/antrea-agent-ubuntu",
    "antrea/antrea-controller-ubuntu",
    "calico/apiserver",
    "calico/kube-controllers",
    "calico/node",
    "calico/typha",
    "cilium/cilium",
    "cilium/operator",
    "cilium/operator-aws",
    "cilium/operator-azure",
    "cilium/operator-generic",
    "tigera/operator",
  ],
};
