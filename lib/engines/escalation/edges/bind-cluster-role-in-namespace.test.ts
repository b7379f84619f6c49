import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const RBAC = "rbac.authorization.k8s.io";
const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] };
const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["rolebindings"] };

describe("BIND_CLUSTER_ROLE_IN_NAMESPACE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    {
      name: "both in a plain namespace is high",
      grants: [{ rules: [bind, create], in: "payments" }],
      held: "high payments",
    },
    {
      name: "in kube-system it is critical",
      grants: [{ rules: [bind, create], in: "kube-system" }],
      held: "critical kube-system",
    },
    {
      name: "in a namespace with an account that takes over the cluster it is critical",
      grants: [{ rules: [bind, create], in: "ops" }],
      held: "critical ops",
    },
    { name: "in every namespace it is critical", grants: [{ rules: [bind, create] }], held: "critical cluster" },
    {
      name: "bind everywhere and create in one namespace hold there",
      grants: [{ rules: [bind] }, { rules: [create], in: "payments" }],
      held: "high payments",
    },
    {
      name: "35: both namespaced hold in that namespace only",
      grants: [
        { rules: [bind, create], in: "payments" },
        { rules: [create], in: "shop" },
      ],
      held: "high payments",
    },
    {
      name: "halves in different namespaces are nothing",
      grants: [
        { rules: [bind], in: "payments" },
        { rules: [create], in: "shop" },
      ],
      held: undefined,
    },
    {
      name: "bind of cluster-admin by name is enough",
      grants: [{ rules: [{ ...bind, resourceNames: ["cluster-admin"] }, create], in: "payments" }],
      held: "high payments",
    },
    {
      name: "34: bind of a harmless role by name gives what that role gives",
      grants: [{ rules: [{ ...bind, resourceNames: ["view"] }, create], in: "payments" }],
      held: "low payments",
    },
    {
      name: "33: bind on bindings means nothing",
      grants: [{ rules: [{ ...bind, resources: ["rolebindings"] }, create], in: "payments" }],
      held: undefined,
    },
    { name: "create alone is not", grants: [{ rules: [create], in: "payments" }], held: undefined },
    {
      name: "create limited by name is inert",
      grants: [{ rules: [bind, { ...create, resourceNames: ["x"] }], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).BIND_CLUSTER_ROLE_IN_NAMESPACE).toBe(held);
  });
});
