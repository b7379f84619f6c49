import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "CSR_APPROVE_NO_SIGNER";
const GROUP = "certificates.k8s.io";
const create = { verbs: ["create"], apiGroups: [GROUP], resources: ["certificatesigningrequests"] };
const approval = { verbs: ["update"], apiGroups: [GROUP], resources: ["certificatesigningrequests/approval"] };
const signer = { verbs: ["approve"], apiGroups: [GROUP], resources: ["signers"] };

describe("CSR_APPROVE_NO_SIGNER", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "57: approval without the signer is low", grants: [{ rules: [create, approval] }], held: "low cluster" },
    {
      name: "57: so is approval for a signer of somebody else",
      grants: [{ rules: [create, approval, { ...signer, resourceNames: ["example.com/x"] }] }],
      held: "low cluster",
    },
    { name: "with the signer it is the whole thing", grants: [{ rules: [create, approval, signer] }], held: undefined },
    { name: "approval alone is not", grants: [{ rules: [approval] }], held: undefined },
    {
      name: "another API group means nothing",
      grants: [{ rules: [create, { ...approval, apiGroups: [""] }] }],
      held: undefined,
    },
    {
      name: "through a role binding it is inert",
      grants: [{ rules: [create, approval], in: "shop" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("57: says what is missing and leads nowhere", () => {
    const parts = aGrantedCluster({ rules: [create, approval] });
    expect(stateOf(parts, ID)).toBe("latent: approve on the signer kubernetes.io/kube-apiserver-client is missing");
    expect(reachedBy(parts, ID)).toEqual([]);
  });
});
