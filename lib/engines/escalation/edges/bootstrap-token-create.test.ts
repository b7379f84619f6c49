import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aGroup } from "#lib/testing/build-rbac.ts";

const ID = "BOOTSTRAP_TOKEN_CREATE";
const create = { verbs: ["create"], resources: ["secrets"] };
const GROUP = "certificates.k8s.io";
const REQUESTS = "certificatesigningrequests";
/** As kubeadm binds it. */
const join: GivenGrant = {
  rules: [
    { verbs: ["create", "get"], apiGroups: [GROUP], resources: [REQUESTS] },
    { verbs: ["create"], apiGroups: [GROUP], resources: [`${REQUESTS}/nodeclient`] },
  ],
  to: aGroup("system:bootstrappers:kubeadm:default-node-token"),
};
const other: GivenGrant = { rules: [{}], to: aGroup("system:bootstrappers") };

describe("BOOTSTRAP_TOKEN_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "in kube-system", grants: [other, { rules: [create], in: "kube-system" }], held: "medium kube-system" },
    { name: "everywhere", grants: [other, { rules: [create] }], held: "medium cluster" },
    {
      name: "where new nodes join by themselves it leads to what runs on nodes",
      grants: [join, { rules: [create], in: "kube-system" }],
      held: "critical kube-system",
    },
    { name: "elsewhere a token is none", grants: [join, { rules: [create], in: "payments" }], held: undefined },
    { name: "where nothing is bound to such tokens", grants: [{ rules: [create] }], held: undefined },
    {
      name: "a group of a similar name is none of them",
      grants: [{ rules: [{}], to: aGroup("system:bootstrappersx") }, { rules: [create] }],
      held: undefined,
    },
    {
      name: "14: create and patch with the name of such a token make it by server-side apply",
      grants: [
        other,
        { rules: [{ verbs: ["create", "patch"], resources: ["secrets"], resourceNames: ["bootstrap-token-abc123"] }] },
      ],
      held: "medium cluster",
    },
    {
      name: "a Secret of another name is no such token",
      grants: [other, { rules: [{ verbs: ["create", "patch"], resources: ["secrets"], resourceNames: ["my-token"] }] }],
      held: undefined,
    },
    {
      name: "10: create limited by name is inert",
      grants: [other, { rules: [{ ...create, resourceNames: ["x"] }] }],
      held: undefined,
    },
    {
      name: "update makes no secret",
      grants: [other, { rules: [{ ...create, verbs: ["update", "patch"] }] }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [other, { rules: [{ ...create, apiGroups: ["example.com"] }] }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("gives the groups of such tokens that are bound", () => {
    const parts = aGrantedCluster(other, join, { rules: [create], in: "kube-system" });
    expect(reachedBy(parts, ID)).toEqual([
      "groups system:bootstrappers,system:bootstrappers:kubeadm:default-node-token",
    ]);
  });
});
