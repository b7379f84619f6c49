import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import type { Labels } from "#lib/model/labels.ts";

const ID = "AWS_AUTH_WRITE";
const update = { verbs: ["update"], resources: ["configmaps"] };
const aNode = (kubeletVersion: string, labels: Labels = []) => ({
  metadata: aMetadata({ name: "node-a", labels }),
  addresses: [],
  podCIDRs: [],
  taints: [],
  unschedulable: false,
  info: { kubeletVersion },
});
const eks = (...grants: readonly GivenGrant[]) => ({
  ...aGrantedCluster(...grants),
  nodes: [aNode("v1.35.2-eks-1a2b3c")],
});

describe("AWS_AUTH_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "update in kube-system", grants: [{ rules: [update], in: "kube-system" }], held: "critical kube-system" },
    { name: "patch everywhere", grants: [{ rules: [{ ...update, verbs: ["patch"] }] }], held: "critical cluster" },
    {
      name: "of the one name",
      grants: [{ rules: [{ ...update, resourceNames: ["aws-auth"] }], in: "kube-system" }],
      held: "critical kube-system",
    },
    {
      name: "of another name",
      grants: [{ rules: [{ ...update, resourceNames: ["coredns"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "create helps only while there is none",
      grants: [{ rules: [{ ...update, verbs: ["create"] }], in: "kube-system" }],
      held: "low kube-system",
    },
    { name: "in another namespace it is any ConfigMap", grants: [{ rules: [update], in: "shop" }], held: undefined },
    {
      name: "reading is not",
      grants: [{ rules: [{ ...update, verbs: ["get"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...update, apiGroups: ["example.com"] }], in: "kube-system" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(eks(...grants))[ID]).toBe(held);
  });

  it("leads to system:masters", () => {
    expect(reachedBy(eks({ rules: [update], in: "kube-system" }), ID)).toEqual(["target masters"]);
    expect(stateOf(eks({ rules: [{ ...update, verbs: ["create"] }] }), ID)).toBe(
      "latent: it works only while the ConfigMap aws-auth does not exist, which is not read",
    );
  });

  it("is known only in clusters of EKS, by version or label of a node", () => {
    const parts = aGrantedCluster({ rules: [update], in: "kube-system" });
    expect(heldBy(parts)[ID]).toBeUndefined();
    expect(heldBy({ ...parts, nodes: [aNode("v1.35.2")] })[ID]).toBeUndefined();
    const labelled = aNode("v1.35.2", [["eks.amazonaws.com/nodegroup", "main"]]);
    expect(heldBy({ ...parts, nodes: [labelled] })[ID]).toBe("critical kube-system");
  });
});
