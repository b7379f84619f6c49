import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aGroup } from "#lib/testing/build-rbac.ts";

const ID = "NODE_CERTIFICATE_REQUEST";
const GROUP = "certificates.k8s.io";
const REQUESTS = "certificatesigningrequests";
const create = { verbs: ["create", "get"], apiGroups: [GROUP], resources: [REQUESTS] };
const nodeclient = { verbs: ["create"], apiGroups: [GROUP], resources: [`${REQUESTS}/nodeclient`] };

describe("NODE_CERTIFICATE_REQUEST", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "both halves", grants: [{ rules: [create, nodeclient] }], held: "critical cluster" },
    { name: "from two bindings", grants: [{ rules: [create] }, { rules: [nodeclient] }], held: "critical cluster" },
    {
      name: "a node's renewal of its own certificate is not",
      grants: [{ rules: [create, { ...nodeclient, resources: [`${REQUESTS}/selfnodeclient`] }] }],
      held: undefined,
    },
    { name: "requests alone are not approved", grants: [{ rules: [create] }], held: undefined },
    { name: "the approval alone asks for nothing", grants: [{ rules: [nodeclient] }], held: undefined },
    {
      name: "a certificate that cannot be fetched is none",
      grants: [{ rules: [{ ...create, verbs: ["create"] }, nodeclient] }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [create, { ...nodeclient, apiGroups: [""] }] }],
      held: undefined,
    },
    {
      name: "through a role binding it is inert",
      grants: [{ rules: [create, nodeclient], in: "kube-system" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("is held by bootstrap tokens as a group", () => {
    const parts = aGrantedCluster({ rules: [create, nodeclient], to: aGroup("system:bootstrappers") });
    expect(reachedBy(parts, ID, "Group:system:bootstrappers")).toEqual(["accounts ops root"]);
    expect(stateOf({ ...parts, pods: [] }, ID, "Group:system:bootstrappers")).toBe(
      "latent: no pod is known on any node",
    );
  });
});
