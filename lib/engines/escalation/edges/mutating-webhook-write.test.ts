import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
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
      name: "by the name of none it waits",
      grants: [{ rules: [{ ...write, resourceNames: ["mesh"] }] }],
      held: "low cluster",
    },
    {
      name: "14: create and patch with its name make it by server-side apply",
      grants: [{ rules: [{ ...write, verbs: ["create", "patch"], resourceNames: ["mesh"] }] }],
      held: "critical cluster",
    },
    {
      name: "13: nothing bears the name *",
      grants: [{ rules: [{ ...write, verbs: ["create", "patch"], resourceNames: ["*"] }] }],
      held: "low cluster",
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

  it("one of them by name is as much", () => {
    const parts = aGrantedCluster({ rules: [{ ...write, resourceNames: ["mesh"] }] });
    const mesh = {
      metadata: aMetadata({ name: "mesh" }),
      kind: "MutatingWebhookConfiguration" as const,
      group: "admissionregistration.k8s.io",
      version: "v1",
      spec: {},
    };
    expect(heldBy({ ...parts, webhookConfigurations: [mesh] }).MUTATING_WEBHOOK_WRITE).toBe("critical cluster");
  });

  it("reaches pods of every namespace, and is high where these lead no further", () => {
    const parts = aGrantedCluster({ rules: [write] });
    expect(holdAlone(parts, mutatingWebhookWrite)).toMatchObject([{ gains: [{ type: "new-pods", namespace: null }] }]);
    const bindings = (parts.clusterRoleBindings ?? []).filter(({ metadata }) => metadata.name !== "root");
    expect(heldBy({ ...parts, clusterRoleBindings: bindings }).MUTATING_WEBHOOK_WRITE).toBe("high cluster");
  });
});
