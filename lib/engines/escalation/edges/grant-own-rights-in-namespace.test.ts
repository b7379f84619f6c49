import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "GRANT_OWN_RIGHTS_IN_NAMESPACE";
const RBAC = "rbac.authorization.k8s.io";
const write = { verbs: ["create"], apiGroups: [RBAC], resources: ["rolebindings"] };

describe("GRANT_OWN_RIGHTS_IN_NAMESPACE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "42: in a namespace", grants: [{ rules: [write], in: "payments" }], held: "low payments" },
    { name: "12: even in kube-system", grants: [{ rules: [write], in: "kube-system" }], held: "low kube-system" },
    { name: "everywhere", grants: [{ rules: [{ ...write, verbs: ["update", "patch"] }] }], held: "low cluster" },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...write, resourceNames: ["x"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "cluster role bindings in a namespace are inert",
      grants: [{ rules: [{ ...write, resources: ["clusterrolebindings"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...write, apiGroups: [""] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "with bind it is more",
      grants: [{ rules: [write, { verbs: ["bind"], apiGroups: [RBAC], resources: ["roles"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "bind in one namespace does not excuse another",
      grants: [
        { rules: [write, { verbs: ["bind"], apiGroups: [RBAC], resources: ["roles"] }], in: "payments" },
        { rules: [write], in: "shop" },
      ],
      held: "low shop",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });
});
