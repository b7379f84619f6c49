import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";

const slices = { verbs: ["patch"], apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"] };
const endpoints = { verbs: ["create"], resources: ["endpoints"] };
const world = (...grants: readonly GivenGrant[]) => ({
  ...aGrantedCluster(...grants),
  webhookConfigurations: [
    {
      metadata: aMetadata({ name: "guard" }),
      group: "admissionregistration.k8s.io",
      kind: "ValidatingWebhookConfiguration",
      version: "v1",
      spec: { webhooks: [{ clientConfig: { service: { namespace: "ops", name: "guard" } } }] },
    },
  ],
});

describe("ENDPOINTS_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "slices", grants: [{ rules: [slices], in: "payments" }], held: "medium payments" },
    { name: "endpoints", grants: [{ rules: [endpoints], in: "payments" }], held: "medium payments" },
    { name: "where a webhook stands behind a service", grants: [{ rules: [slices], in: "ops" }], held: "high ops" },
    { name: "everywhere", grants: [{ rules: [endpoints] }], held: "high cluster" },
    {
      name: "the slice of that service by name",
      grants: [{ rules: [{ ...slices, resourceNames: ["guard-x7k2p"] }], in: "ops" }],
      held: "high ops",
    },
    {
      name: "another by name",
      grants: [{ rules: [{ ...slices, resourceNames: ["guardian"] }], in: "ops" }],
      held: "medium ops",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...endpoints, resourceNames: ["guard"] }], in: "ops" }],
      held: undefined,
    },
    {
      name: "slices of the core group do not exist",
      grants: [{ rules: [{ ...slices, apiGroups: [""] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "reading and deleting are not",
      grants: [{ rules: [{ ...slices, verbs: ["get", "delete"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [slices], byDefault: true }],
      held: "high cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(world(...grants)).ENDPOINTS_WRITE).toBe(held);
  });
});
