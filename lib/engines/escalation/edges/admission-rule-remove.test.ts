import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const remove = {
  verbs: ["delete"],
  apiGroups: ["admissionregistration.k8s.io"],
  resources: ["validatingwebhookconfigurations"],
};

describe("ADMISSION_RULE_REMOVE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "deleting webhooks", grants: [{ rules: [remove] }], held: "medium cluster" },
    {
      name: "changing bindings of policies",
      grants: [{ rules: [{ ...remove, verbs: ["patch"], resources: ["validatingadmissionpolicybindings"] }] }],
      held: "medium cluster",
    },
    {
      name: "deleting all at once",
      grants: [{ rules: [{ ...remove, verbs: ["deletecollection"] }] }],
      held: "medium cluster",
    },
    { name: "one by name", grants: [{ rules: [{ ...remove, resourceNames: ["guard"] }] }], held: "medium cluster" },
    {
      name: "12: deletecollection limited by name is inert",
      grants: [{ rules: [{ ...remove, verbs: ["deletecollection"], resourceNames: ["guard"] }] }],
      held: undefined,
    },
    {
      name: "creating more removes none",
      grants: [{ rules: [{ ...remove, verbs: ["create", "get"] }] }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [remove], in: "kube-system" }],
      held: undefined,
    },
    { name: "another group is not", grants: [{ rules: [{ ...remove, apiGroups: [""] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [remove], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).ADMISSION_RULE_REMOVE).toBe(held);
  });
});
