import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const claims = { verbs: ["delete"], resources: ["persistentvolumeclaims"] };
const namespaces = { ...claims, resources: ["namespaces"] };

describe("DATA_DELETE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "claims", grants: [{ rules: [claims], in: "payments" }], held: "low payments" },
    {
      name: "17: its own namespace through a role binding",
      grants: [{ rules: [namespaces], in: "payments" }],
      held: "low payments",
    },
    { name: "any namespace", grants: [{ rules: [namespaces] }], held: "medium cluster" },
    {
      name: "one namespace by name",
      grants: [{ rules: [{ ...namespaces, resourceNames: ["shop"] }] }],
      held: "low cluster",
    },
    {
      name: "12: deletecollection limited by name is inert",
      grants: [{ rules: [{ ...claims, verbs: ["deletecollection"], resourceNames: ["x"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "there is no deletecollection of namespaces",
      grants: [{ rules: [{ ...namespaces, verbs: ["deletecollection"] }] }],
      held: undefined,
    },
    {
      name: "pods are another",
      grants: [{ rules: [{ ...claims, resources: ["pods"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...claims, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [claims], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).DATA_DELETE).toBe(held);
  });
});
