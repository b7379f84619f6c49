import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { podSecurityPolicyUse } from "./pod-security-policy-use.ts";

const use = { verbs: ["use"], apiGroups: ["policy"], resources: ["podsecuritypolicies"] };
const pods = { verbs: ["create"], resources: ["pods"] };
const policy = (name: string, privileged: boolean) => ({
  metadata: aMetadata({ name }),
  group: "policy",
  kind: "PodSecurityPolicy",
  version: "v1beta1",
  spec: { privileged },
});
const apiResources = [
  {
    group: "policy",
    version: "v1beta1",
    resource: "podsecuritypolicies",
    kind: "PodSecurityPolicy",
    namespaced: false,
    verbs: [],
  },
];
const world = (...grants: readonly GivenGrant[]) => {
  const parts = aGrantedCluster(...grants);
  return {
    ...parts,
    minor: "24",
    apiResources,
    namespaces: [...(parts.namespaces ?? []), { metadata: aMetadata({ name: "lab" }) }],
    podSecurityPolicies: [policy("all", true), policy("some", false)],
  };
};

describe("POD_SECURITY_POLICY_USE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "any policy and pods", grants: [{ rules: [use, pods], in: "lab" }], held: "critical lab" },
    {
      name: "a privileged one by name",
      grants: [{ rules: [{ ...use, resourceNames: ["all"] }, pods], in: "lab" }],
      held: "critical lab",
    },
    {
      name: "another by name is harmless",
      grants: [{ rules: [{ ...use, resourceNames: ["some"] }, pods], in: "lab" }],
      held: "low lab",
    },
    {
      name: "past Pod Security it does not help",
      grants: [{ rules: [use, pods], in: "payments" }],
      held: "low payments",
    },
    { name: "halves of two bindings", grants: [{ rules: [use] }, { rules: [pods], in: "lab" }], held: "critical lab" },
    { name: "use alone", grants: [{ rules: [use], in: "lab" }], held: undefined },
    { name: "pods alone", grants: [{ rules: [pods], in: "lab" }], held: undefined },
    {
      name: "reading policies is not using them",
      grants: [{ rules: [{ ...use, verbs: ["get", "list"] }, pods], in: "lab" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...use, apiGroups: [""] }, pods], in: "lab" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [use, pods], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(world(...grants)).POD_SECURITY_POLICY_USE).toBe(held);
  });

  it.each([
    { minor: "24", served: apiResources, states: ["active"] },
    { minor: "25", served: [], states: [] },
    { minor: "37", served: [], states: [] },
    { minor: null, served: [], states: ["latent"] },
    {
      minor: "24",
      served: [{ group: "", version: "v1", resource: "pods", kind: "Pod", namespaced: true, verbs: [] }],
      states: [],
    },
  ])("on version 1.$minor it is $states", ({ minor, served, states }) => {
    const parts = { ...world({ rules: [use, pods], in: "lab" }), minor, apiResources: served };
    expect(holdAlone(parts, podSecurityPolicyUse).map(({ state }) => state)).toEqual(states);
  });
});
