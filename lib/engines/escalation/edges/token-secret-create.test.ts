import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, stateOf, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "TOKEN_SECRET_CREATE";
const create = { verbs: ["create"], resources: ["secrets"] };
const get = { verbs: ["get"], resources: ["secrets"] };
const patch = { verbs: ["patch"], resources: ["secrets"] };
const named = (rule: object, name = "mine") => ({ ...rule, resourceNames: [name] });

describe("TOKEN_SECRET_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "create and get", grants: [{ rules: [create, get], in: "payments" }], held: "medium payments" },
    { name: "in kube-system", grants: [{ rules: [create, get], in: "kube-system" }], held: "critical kube-system" },
    {
      name: "where an account takes over the cluster",
      grants: [{ rules: [create, get], in: "ops" }],
      held: "critical ops",
    },
    {
      name: "halves of two bindings",
      grants: [{ rules: [create], in: "payments" }, { rules: [get] }],
      held: "medium payments",
    },
    {
      name: "the reader may be limited to the name that it chooses",
      grants: [{ rules: [create, named(get)], in: "payments" }],
      held: "low payments",
    },
    {
      name: "a pod that mounts the secret reads it as well",
      grants: [{ rules: [create, { verbs: ["create"], resources: ["pods"] }], in: "payments" }],
      held: "medium payments",
    },
    { name: "what cannot be read is no token", grants: [{ rules: [create], in: "payments" }], held: undefined },
    { name: "update makes no secret", grants: [{ rules: [{ ...create, verbs: ["update"] }, get] }], held: undefined },
    {
      name: "halves in different namespaces are nothing",
      grants: [
        { rules: [create], in: "payments" },
        { rules: [get], in: "shop" },
      ],
      held: undefined,
    },
    {
      name: "10: create limited by name cannot create by itself",
      grants: [{ rules: [named(create), get], in: "payments" }],
      held: undefined,
    },
    {
      name: "14: create and patch of one name can, by apply",
      grants: [{ rules: [named(create), named(patch)], in: "payments" }],
      held: "low payments",
    },
    {
      name: "14: not for two names",
      grants: [{ rules: [named(create), named(patch, "other"), get], in: "payments" }],
      held: undefined,
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...create, apiGroups: ["example.com"] }, get], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("gives any account, whatever the name of the secret", () => {
    expect(reachedBy(aGrantedCluster({ rules: [create, get], in: "payments" }), ID)).toEqual(["accounts payments *"]);
  });

  it("14: limited to a name it works only while there is no such secret", () => {
    expect(stateOf(aGrantedCluster({ rules: [named(create), named(patch)], in: "shop" }), ID)).toBe(
      "latent: it works only where no secret mine exists, which is not read",
    );
  });

  it("is left out where tokens may be asked for directly", () => {
    const token = { verbs: ["create"], resources: ["serviceaccounts/token"] };
    expect(heldBy(aGrantedCluster({ rules: [create, get, token], in: "payments" }))[ID]).toBeUndefined();
  });
});
