import { describe, expect, it } from "vitest";
import { defaultApiResources } from "#lib/collector/manifests/defaults-data.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const create = { verbs: ["create"], apiGroups: ["networking.k8s.io"], resources: ["ingresses"] };
const route = { ...create, apiGroups: ["gateway.networking.k8s.io"], resources: ["httproutes"] };

describe("ROUTE_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "ingresses", grants: [{ rules: [create], in: "payments" }], held: "low payments" },
    {
      name: "changing one by name",
      grants: [{ rules: [{ ...create, verbs: ["patch"], resourceNames: ["web"] }], in: "payments" }],
      held: "low payments",
    },
    { name: "everywhere", grants: [{ rules: [create] }], held: "medium cluster" },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...create, resourceNames: ["web"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "the status publishes nothing",
      grants: [{ rules: [{ ...create, verbs: ["patch"], resources: ["ingresses/status"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "ingresses of the core group do not exist",
      grants: [{ rules: [{ ...create, apiGroups: [""] }], in: "payments" }],
      held: undefined,
    },
    { name: "routes that the API does not serve", grants: [{ rules: [route], in: "payments" }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [create], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).ROUTE_WRITE).toBe(held);
  });

  it.each([
    {
      name: "routes where they are served",
      more: [
        {
          group: "gateway.networking.k8s.io",
          version: "v1",
          resource: "httproutes",
          kind: "HTTPRoute",
          namespaced: true,
          verbs: [],
        },
      ],
    },
    { name: "routes where discovery could not be read", more: null },
  ])("$name", ({ more }) => {
    const apiResources = more === null ? [] : [...defaultApiResources().apiResources, ...more];
    expect(heldBy({ ...aGrantedCluster({ rules: [route], in: "payments" }), apiResources }).ROUTE_WRITE).toBe(
      "low payments",
    );
  });
});
