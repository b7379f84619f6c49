import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const write = { verbs: ["patch"], apiGroups: ["apiregistration.k8s.io"], resources: ["apiservices"] };

describe("API_SERVICE_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "any of them", grants: [{ rules: [write] }], held: "high cluster" },
    { name: "create", grants: [{ rules: [{ ...write, verbs: ["create"] }] }], held: "high cluster" },
    {
      name: "one by name is one group",
      grants: [{ rules: [{ ...write, resourceNames: ["v1beta1.metrics.k8s.io"] }] }],
      held: "medium cluster",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...write, verbs: ["create"], resourceNames: ["x"] }] }],
      held: undefined,
    },
    {
      name: "the status redirects nothing",
      grants: [{ rules: [{ ...write, resources: ["apiservices/status"] }] }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [write], in: "kube-system" }],
      held: undefined,
    },
    { name: "another group is not", grants: [{ rules: [{ ...write, apiGroups: [""] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [write], byDefault: true }],
      held: "high cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).API_SERVICE_WRITE).toBe(held);
  });
});
