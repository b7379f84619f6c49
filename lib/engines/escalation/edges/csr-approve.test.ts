import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aGroup } from "#lib/testing/build-rbac.ts";

const ID = "CSR_APPROVE";
const GROUP = "certificates.k8s.io";
const CLIENT = "kubernetes.io/kube-apiserver-client";
const create = { verbs: ["create"], apiGroups: [GROUP], resources: ["certificatesigningrequests"] };
const approval = { verbs: ["update"], apiGroups: [GROUP], resources: ["certificatesigningrequests/approval"] };
const signer = { verbs: ["approve"], apiGroups: [GROUP], resources: ["signers"], resourceNames: [CLIENT] };

describe("CSR_APPROVE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "all three issue any name", grants: [{ rules: [create, approval, signer] }], held: "critical cluster" },
    {
      name: "from three bindings",
      grants: [{ rules: [create] }, { rules: [approval] }, { rules: [signer] }],
      held: "critical cluster",
    },
    {
      name: "patch approves as well",
      grants: [{ rules: [create, { ...approval, verbs: ["patch"] }, signer] }],
      held: "critical cluster",
    },
    {
      name: "the domain of the signer counts",
      grants: [{ rules: [create, approval, { ...signer, resourceNames: ["kubernetes.io/*"] }] }],
      held: "critical cluster",
    },
    {
      name: "every signer counts",
      grants: [{ rules: [create, approval, { ...signer, resourceNames: [] }] }],
      held: "critical cluster",
    },
    {
      name: "the author chooses the name of the request, so limits to names are none",
      grants: [{ rules: [create, { ...approval, resourceNames: ["mine"] }, signer] }],
      held: "critical cluster",
    },
    {
      name: "13: the name * is no signer",
      grants: [{ rules: [create, approval, { ...signer, resourceNames: ["*"] }] }],
      held: undefined,
    },
    {
      name: "another signer is another matter",
      grants: [{ rules: [create, approval, { ...signer, resourceNames: ["example.com/x"] }] }],
      held: undefined,
    },
    { name: "57: without the signer it is not", grants: [{ rules: [create, approval] }], held: undefined },
    { name: "approving without asking is not", grants: [{ rules: [approval, signer] }], held: undefined },
    {
      name: "update of requests is no approval",
      grants: [{ rules: [create, { ...approval, resources: ["certificatesigningrequests"] }, signer] }],
      held: undefined,
    },
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

  it("names any user, account and group but system:masters, which is refused", () => {
    const rules = [create, approval, signer];
    const parts = aGrantedCluster(
      { rules },
      { rules: [], to: aGroup("system:masters") },
      { rules: [], to: aGroup("ops-admins") },
    );
    expect(reachedBy(parts, ID)).toEqual(["groups ops-admins", "identities * *", "users *"]);
  });

  it("leaves out what it implies", () => {
    const node = { ...signer, resourceNames: ["kubernetes.io/*"] };
    expect(Object.keys(heldBy(aGrantedCluster({ rules: [create, approval, node] })))).toEqual([ID]);
  });
});
