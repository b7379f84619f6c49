import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const patch = { verbs: ["patch"], apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"] };

describe("CRD_UPDATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "any of them", grants: [{ rules: [patch] }], held: "medium cluster" },
    { name: "delete", grants: [{ rules: [{ ...patch, verbs: ["delete"] }] }], held: "medium cluster" },
    {
      name: "one by name",
      grants: [{ rules: [{ ...patch, resourceNames: ["widgets.example.com"] }] }],
      held: "low cluster",
    },
    {
      name: "12: deletecollection limited by name is inert",
      grants: [{ rules: [{ ...patch, verbs: ["deletecollection"], resourceNames: ["x"] }] }],
      held: undefined,
    },
    {
      name: "creating more touches none",
      grants: [{ rules: [{ ...patch, verbs: ["create", "get"] }] }],
      held: undefined,
    },
    {
      name: "the status is not the conversion",
      grants: [{ rules: [{ ...patch, resources: ["customresourcedefinitions/status"] }] }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [patch], in: "kube-system" }],
      held: undefined,
    },
    { name: "another group is not", grants: [{ rules: [{ ...patch, apiGroups: [""] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [patch], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).CRD_UPDATE).toBe(held);
  });
});
