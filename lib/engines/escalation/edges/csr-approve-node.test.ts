import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aPod } from "#lib/testing/build-pods.ts";

const ID = "CSR_APPROVE_NODE";
const GROUP = "certificates.k8s.io";
const create = { verbs: ["create"], apiGroups: [GROUP], resources: ["certificatesigningrequests"] };
const approval = { verbs: ["update"], apiGroups: [GROUP], resources: ["certificatesigningrequests/approval"] };
const signer = {
  verbs: ["approve"],
  apiGroups: [GROUP],
  resources: ["signers"],
  resourceNames: ["kubernetes.io/kube-apiserver-client-kubelet"],
};

describe("CSR_APPROVE_NODE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "a pod of an account that takes over the cluster makes it critical",
      grants: [{ rules: [create, approval, signer] }],
      held: "critical cluster",
    },
    {
      name: "the signer of other clients is not this one",
      grants: [{ rules: [create, approval, { ...signer, resourceNames: ["kubernetes.io/kubelet-serving"] }] }],
      held: undefined,
    },
    { name: "57: without the signer it is not", grants: [{ rules: [create, approval] }], held: undefined },
    { name: "without approval it is not", grants: [{ rules: [create, signer] }], held: undefined },
    {
      name: "another API group means nothing",
      grants: [{ rules: [create, approval, { ...signer, apiGroups: [""] }] }],
      held: undefined,
    },
    {
      name: "through a role binding it is inert",
      grants: [{ rules: [create, approval, signer], in: "kube-system" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  const parts = aGrantedCluster({ rules: [create, approval, signer] });

  it("gives the accounts that pods run as, up to 1.32 also where no token is mounted", () => {
    const spec = { serviceAccountName: "web", automountServiceAccountToken: false };
    const pods = [aPod("shop", "a", { spec }), aPod("shop", "b", { spec }), aPod("payments", "c", { spec })];
    const old = { ...parts, pods, minor: "32" };
    expect(reachedBy(old, ID)).toEqual(["accounts payments web", "accounts shop web"]);
    expect(heldBy(old)[ID]).toBe("high cluster");
    const mounted = [...pods, aPod("shop", "d", { spec: { serviceAccountName: "web" } })];
    for (const minor of ["33", "37", null])
      expect(reachedBy({ ...parts, pods: mounted, minor }, ID)).toEqual(["accounts shop web"]);
  });

  it("waits for a pod", () => {
    expect(stateOf({ ...parts, pods: [] }, ID)).toBe("latent: no pod is known on any node");
  });
});
