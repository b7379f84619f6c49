import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "CSR_SIGN";
const GROUP = "certificates.k8s.io";
const CLIENT = "kubernetes.io/kube-apiserver-client";
const sign = { verbs: ["sign"], apiGroups: [GROUP], resources: ["signers"], resourceNames: [CLIENT] };
const status = { verbs: ["update"], apiGroups: [GROUP], resources: ["certificatesigningrequests/status"] };

describe("CSR_SIGN", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "both halves are low: the key is missing", grants: [{ rules: [sign, status] }], held: "low cluster" },
    {
      name: "of two bindings, for the domain of the signer",
      grants: [{ rules: [{ ...sign, resourceNames: ["kubernetes.io/*"] }] }, { rules: [status] }],
      held: "low cluster",
    },
    { name: "approve is not sign", grants: [{ rules: [{ ...sign, verbs: ["approve"] }, status] }], held: undefined },
    {
      name: "a signer of one's own is another matter",
      grants: [{ rules: [{ ...sign, resourceNames: ["example.com/x"] }, status] }],
      held: undefined,
    },
    { name: "sign alone publishes nothing", grants: [{ rules: [sign] }], held: undefined },
    {
      name: "the approval is not the status",
      grants: [{ rules: [sign, { ...status, resources: ["certificatesigningrequests/approval"] }] }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [sign, { ...status, apiGroups: [""] }] }],
      held: undefined,
    },
    { name: "through a role binding it is inert", grants: [{ rules: [sign, status], in: "shop" }], held: undefined },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("says what is missing and leads nowhere", () => {
    const parts = aGrantedCluster({ rules: [sign, status] });
    expect(stateOf(parts, ID)).toBe("latent: the key of the certificate authority for clients is needed as well");
    expect(reachedBy(parts, ID)).toEqual([]);
  });
});
