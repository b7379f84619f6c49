import { describe, expect, it } from "vitest";
import {
  aGrantedCluster,
  EVERYTHING,
  heldBy,
  reachedBy,
  stateOf,
  type GivenGrant,
} from "#lib/testing/build-escalations.ts";
import { aUser } from "#lib/testing/build-rbac.ts";

const ID = "CONSTRAINED_IMPERSONATE_USER";
const identity = { verbs: ["impersonate:user-info"], apiGroups: ["authentication.k8s.io"], resources: ["users"] };
const secrets = { verbs: ["impersonate-on:user-info:list"], resources: ["secrets"] };
const bindings = {
  verbs: ["impersonate-on:user-info:create"],
  apiGroups: ["rbac.authorization.k8s.io"],
  resources: ["clusterrolebindings"],
};
const admin: GivenGrant = { rules: [EVERYTHING], to: aUser("admin") };

describe("CONSTRAINED_IMPERSONATE_USER", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "both halves", grants: [{ rules: [identity, secrets] }], held: "medium cluster" },
    { name: "of two bindings", grants: [{ rules: [identity] }, { rules: [secrets] }], held: "medium cluster" },
    {
      name: "the request may be limited to a namespace",
      grants: [{ rules: [identity] }, { rules: [secrets], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "44: the identity through a role binding is inert",
      grants: [{ rules: [identity, secrets], in: "payments" }],
      held: undefined,
    },
    { name: "46: impersonate-on without the identity is nothing", grants: [{ rules: [secrets] }], held: undefined },
    { name: "the identity without a request is nothing", grants: [{ rules: [identity] }], held: undefined },
    {
      name: "a harmless request does not count",
      grants: [{ rules: [identity, { ...secrets, resources: ["configmaps"] }] }],
      held: undefined,
    },
    {
      name: "46: halves of two modes do not meet",
      grants: [{ rules: [identity, { ...secrets, verbs: ["impersonate-on:serviceaccount:list"] }] }],
      held: undefined,
    },
    {
      name: "the identity in the core group means nothing",
      grants: [{ rules: [{ ...identity, apiGroups: [""] }, secrets] }],
      held: undefined,
    },
    {
      name: "47: verb * in authentication.k8s.io is the identity",
      grants: [{ rules: [{ ...identity, verbs: ["*"] }, secrets] }],
      held: "medium cluster",
    },
    {
      name: "an administrator's name and bindings are the whole cluster",
      grants: [admin, { rules: [identity, bindings] }],
      held: "critical cluster",
    },
    {
      name: "named users without such rights are not",
      grants: [admin, { rules: [{ ...identity, resourceNames: ["bob"] }, bindings] }],
      held: "medium cluster",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it.each([
    { minor: "37", state: "active" },
    { minor: "36", state: "active" },
    { minor: "35", state: "blocked: constrained impersonation came with Kubernetes 1.36" },
    { minor: null, state: "latent: the version of the API server is not known" },
  ])("is $state on 1.$minor", ({ minor, state }) => {
    expect(stateOf({ ...aGrantedCluster({ rules: [identity, secrets] }), minor }, ID)).toBe(state);
  });

  it("leads on only where bindings may be created", () => {
    expect(reachedBy(aGrantedCluster({ rules: [identity, secrets] }), ID)).toEqual([]);
    expect(reachedBy(aGrantedCluster(admin, { rules: [identity, bindings] }), ID)).toEqual(["users admin"]);
  });

  it("leads on to those alone who may bind cluster-admin: others can do in such a request no more than without", () => {
    const exec: GivenGrant = { rules: [{ verbs: ["create"], resources: ["pods/exec"] }], in: "ops", to: aUser("dev") };
    const parts = aGrantedCluster(exec, { rules: [identity, bindings] });
    expect(reachedBy(parts, ID)).toEqual([]);
    expect(heldBy(parts)[ID]).toBe("medium cluster");
    const RBAC = ["rbac.authorization.k8s.io"];
    const binder: GivenGrant = {
      rules: [
        { verbs: ["create"], apiGroups: RBAC, resources: ["clusterrolebindings"] },
        { verbs: ["bind"], apiGroups: RBAC, resources: ["clusterroles"], resourceNames: ["cluster-admin"] },
      ],
      to: aUser("binder"),
    };
    expect(reachedBy(aGrantedCluster(binder, { rules: [identity, bindings] }), ID)).toEqual(["users binder"]);
  });
});
