import type { EscalationLink } from "../link.ts";
import { tokensOf } from "./pod-token.ts";

/** Root on a node reads what its kubelet has written there for the pods, and acts as the kubelet. */
export const nodeContents: EscalationLink = {
  id: "NODE_CONTENTS",
  primitive: "R78",
  name: "reads the tokens on the node",
  effort: 1,
  from: ["node", "nodes"],
  *links(from, context) {
    const { cluster } = context.facts;
    if (from.type === "nodes") {
      // A pod whose node is not known yet, as in manifests, comes to run on one of them; where no node is known, so does every pod.
      if (from.names === null)
        yield* tokensOf(
          cluster.nodes.length === 0 ? cluster.pods : cluster.pods.filter(({ node }) => node === null),
          context,
        );
    } else if (from.type === "node") {
      yield* tokensOf(cluster.podsOn(from.name), context);
      if (cluster.nodes.find(({ name }) => name === from.name)?.controlPlane)
        yield {
          to: { type: "target", target: "cluster-admin" },
          because: `${from.name} runs the control plane: its keys sign any identity`,
        };
    }
  },
  gives: "The tokens and secrets of every pod on the node; on a node of the control plane the keys of the cluster.",
  fix: "Keep pods that others can reach off the nodes that run powerful ones.",
  technique: "T1552",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/node/",
};
