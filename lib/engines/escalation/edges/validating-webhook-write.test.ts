import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const write = {
  verbs: ["patch"],
  apiGroups: ["admissionregistration.k8s.io"],
  resources: ["validatingwebhookconfigurations"],
};

describe("VALIDATING_WEBHOOK_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "patch", grants: [{ rules: [write] }], held: "medium cluster" },
    { name: "create", grants: [{ rules: [{ ...write, verbs: ["create"] }] }], held: "medium cluster" },
    {
      name: "one of them by name",
      grants: [{ rules: [{ ...write, resourceNames: ["guard"] }] }],
      held: "medium cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...write, verbs: ["create"], resourceNames: ["guard"] }] }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [write], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "policies are another",
      grants: [{ rules: [{ ...write, resources: ["validatingadmissionpolicies"] }] }],
      held: undefined,
    },
    { name: "another group is not", grants: [{ rules: [{ ...write, apiGroups: [""] }] }], held: undefined },
    {
      name: "who writes mutating ones gains nothing more",
      grants: [{ rules: [{ ...write, resources: ["*"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [write], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).VALIDATING_WEBHOOK_WRITE).toBe(held);
  });
});
