import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const create = { verbs: ["create"], resources: ["services"] };

describe("SERVICE_EXTERNAL_IP", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "creating services", grants: [{ rules: [create], in: "payments" }], held: "medium payments" },
    {
      name: "the address of a load balancer",
      grants: [{ rules: [{ verbs: ["patch"], resources: ["services/status"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "changing one by name",
      grants: [{ rules: [{ verbs: ["update"], resources: ["services"], resourceNames: ["web"] }], in: "payments" }],
      held: "medium payments",
    },
    { name: "everywhere", grants: [{ rules: [create] }], held: "medium cluster" },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...create, resourceNames: ["web"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "reading and deleting are not",
      grants: [{ rules: [{ ...create, verbs: ["get", "list", "delete"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "services of another group are not these",
      grants: [{ rules: [{ ...create, apiGroups: ["serving.knative.dev"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [create], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).SERVICE_EXTERNAL_IP).toBe(held);
  });
});
