import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { mutatingWebhookWrite } from "./mutating-webhook-write.ts";

const write = {
  verbs: ["patch"],
  apiGroups: ["admissionregistration.k8s.io"],
  resources: ["mutatingwebhookconfigurations"],
};

describe("MUTATING_WEBHOOK_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "patch", grants: [{ rules: [write] }], held: "critical cluster" },
    { name: "create", grants: [{ rules: [{ ...write, verbs: ["create"] }] }], held: "critical cluster" },
    {
      name: "one of them by name is as much",
      grants: [{ rules: [{ ...write, resourceNames: ["mesh"] }] }],
      held: "critical cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...write, verbs: ["create"], resourceNames: ["mesh"] }] }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [write], in: "kube-system" }],
      held: undefined,
    },
    { name: "reading is not", grants: [{ rules: [{ ...write, verbs: ["get", "list", "watch"] }] }], held: undefined },
    {
      name: "validating ones are another",
      grants: [{ rules: [{ ...write, resources: ["validatingwebhookconfigurations"] }] }],
      held: undefined,
    },
    { name: "another group is not", grants: [{ rules: [{ ...write, apiGroups: [""] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [write], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).MUTATING_WEBHOOK_WRITE).toBe(held);
  });

  it("reaches pods of every namespace, and is high where these lead no further", () => {
    const parts = aGrantedCluster({ rules: [write] });
    expect(holdAlone(parts, mutatingWebhookWrite)).toMatchObject([{ gains: [{ type: "new-pods", namespace: null }] }]);
    const bindings = (parts.clusterRoleBindings ?? []).filter(({ metadata }) => metadata.name !== "root");
    expect(heldBy({ ...parts, clusterRoleBindings: bindings }).MUTATING_WEBHOOK_WRITE).toBe("high cluster");
  });
});
