import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { resourceClaimAdminAccess } from "./resource-claim-admin-access.ts";

const claims = { verbs: ["create"], apiGroups: ["resource.k8s.io"], resources: ["resourceclaims"] };
const relabel = { verbs: ["patch"], resources: ["namespaces"] };
const world = (...grants: readonly GivenGrant[]) => {
  const parts = aGrantedCluster(...grants);
  const labelled = (name: string, value: string) => ({
    metadata: aMetadata({ name, labels: [["resource.kubernetes.io/admin-access", value]] }),
  });
  return {
    ...parts,
    namespaces: [...(parts.namespaces ?? []), labelled("devices", "true"), labelled("other", "false")],
  };
};

describe("RESOURCE_CLAIM_ADMIN_ACCESS", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "claims in a labelled namespace", grants: [{ rules: [claims], in: "devices" }], held: "medium devices" },
    {
      name: "templates of claims",
      grants: [{ rules: [{ ...claims, resources: ["resourceclaimtemplates"] }], in: "devices" }],
      held: "medium devices",
    },
    { name: "everywhere", grants: [{ rules: [claims] }], held: "medium cluster" },
    {
      name: "in a namespace that it may label",
      grants: [{ rules: [claims, relabel], in: "payments" }],
      held: "medium payments",
    },
    { name: "without the label", grants: [{ rules: [claims], in: "payments" }], held: undefined },
    { name: "with another value", grants: [{ rules: [claims], in: "other" }], held: undefined },
    {
      name: "labelling another namespace",
      grants: [
        { rules: [claims], in: "payments" },
        { rules: [relabel], in: "shop" },
      ],
      held: undefined,
    },
    {
      name: "10: limited by name it is inert",
      grants: [{ rules: [{ ...claims, resourceNames: ["x"] }], in: "devices" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...claims, apiGroups: [""] }], in: "devices" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [claims], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(world(...grants)).RESOURCE_CLAIM_ADMIN_ACCESS).toBe(held);
  });

  it.each([
    { minor: "33", state: "blocked" },
    { minor: "34", state: "active" },
    { minor: null, state: "latent" },
  ])("is $state on version 1.$minor", ({ minor, state }) => {
    const parts = { ...world({ rules: [claims], in: "devices" }), minor };
    expect(holdAlone(parts, resourceClaimAdminAccess)).toMatchObject([{ state }]);
  });
});
