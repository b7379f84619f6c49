import { describe, expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { anAccount } from "#lib/testing/build-rbac.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { operatorServiceMonitor } from "./operator-service-monitor.ts";

const group = "monitoring.coreos.com";
const write = { verbs: ["create"], apiGroups: [group], resources: ["servicemonitors"] };
const prometheus = {
  group,
  resources: ["servicemonitors"],
  image: "quay.io/prometheus/prometheus:v3.5.0",
  account: "prometheus",
};
const operator = {
  group,
  resources: [],
  image: "quay.io/prometheus-operator/prometheus-operator:v0.85.0",
  account: "operator",
};
const world = (...grants: readonly GivenGrant[]) =>
  withController(withController(aGrantedCluster(...grants), prometheus), operator);

describe("OPERATOR_SERVICE_MONITOR", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "everywhere", grants: [{ rules: [write] }], held: "critical cluster" },
    { name: "in any namespace", grants: [{ rules: [write], in: "payments" }], held: "critical payments" },
    {
      name: "one by name",
      grants: [{ rules: [{ ...write, verbs: ["patch"], resourceNames: ["web"] }], in: "payments" }],
      held: "critical payments",
    },
    {
      name: "10: create limited by name is inert",
      grants: [{ rules: [{ ...write, resourceNames: ["web"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "rules name no target",
      grants: [{ rules: [{ ...write, resources: ["prometheusrules"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "reading is not",
      grants: [{ rules: [{ ...write, verbs: ["get", "list"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...write, apiGroups: ["monitoring.example.com"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [write], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(world(...grants)).OPERATOR_SERVICE_MONITOR).toBe(held);
  });

  it.each([
    { name: "both run", parts: world({ rules: [write] }), state: "active", reason: "" },
    {
      name: "without a Prometheus",
      parts: withController(aGrantedCluster({ rules: [write] }), { ...operator, resources: ["servicemonitors"] }),
      state: "latent",
      reason: "no controller of Prometheus runs",
    },
    {
      name: "without the operator",
      parts: withController(aGrantedCluster({ rules: [write] }), prometheus),
      state: "latent",
      reason: "no controller of the Prometheus Operator runs",
    },
  ])("$name: $state", ({ parts, state, reason }) => {
    expect(holdAlone(parts, operatorServiceMonitor)).toMatchObject([
      { state, reason: expect.stringContaining(reason) },
    ]);
  });

  it.each(["prometheus", "operator"])("does not count for %s itself", (account) => {
    const parts = world({ rules: [write], to: anAccount("controllers", account) });
    expect(holdAlone(parts, operatorServiceMonitor, `ServiceAccount:controllers/${account}`)).toEqual([]);
  });

  it("gives the token of Prometheus, not of the operator", () => {
    expect(holdAlone(world({ rules: [write] }), operatorServiceMonitor)).toMatchObject([
      { gains: [{ type: "accounts", namespace: "controllers", names: ["prometheus"] }] },
    ]);
  });
});
