import { describe, expect, it } from "vitest";
import { defaultApiResources } from "#lib/collector/manifests/defaults-data.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { securityContextConstraintsUse } from "./security-context-constraints-use.ts";

const GROUP = "security.openshift.io";
const use = { verbs: ["use"], apiGroups: [GROUP], resources: ["securitycontextconstraints"] };
const pods = { verbs: ["create"], resources: ["pods"] };
const all = defaultApiResources().apiResources;
const served = [
  ...all,
  {
    group: GROUP,
    version: "v1",
    resource: "securitycontextconstraints",
    kind: "SecurityContextConstraints",
    namespaced: false,
    verbs: [],
  },
];
const world = (...grants: readonly GivenGrant[]) => {
  const parts = aGrantedCluster(...grants);
  return {
    ...parts,
    apiResources: served,
    namespaces: [...(parts.namespaces ?? []), { metadata: aMetadata({ name: "lab" }) }],
  };
};

describe("SECURITY_CONTEXT_CONSTRAINTS_USE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "any and pods", grants: [{ rules: [use, pods], in: "lab" }], held: "critical lab" },
    {
      name: "privileged by name",
      grants: [{ rules: [{ ...use, resourceNames: ["privileged"] }, pods], in: "lab" }],
      held: "critical lab",
    },
    {
      name: "others by name are not known",
      grants: [{ rules: [{ ...use, resourceNames: ["anyuid"] }, pods], in: "lab" }],
      held: "low lab",
    },
    {
      name: "past Pod Security they do not help",
      grants: [{ rules: [use, pods], in: "payments" }],
      held: "low payments",
    },
    { name: "use alone", grants: [{ rules: [use], in: "lab" }], held: undefined },
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
    expect(heldBy(world(...grants)).SECURITY_CONTEXT_CONSTRAINTS_USE).toBe(held);
  });

  it.each([
    { name: "not served: not held", apiResources: all, states: [] },
    { name: "discovery unread: latent", apiResources: [], states: ["latent"] },
  ])("$name", ({ apiResources, states }) => {
    const parts = { ...world({ rules: [use, pods], in: "lab" }), apiResources };
    expect(holdAlone(parts, securityContextConstraintsUse).map(({ state }) => state)).toEqual(states);
  });
});
