import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const proxy = { verbs: ["get"], resources: ["pods/proxy"] };

describe("POD_SERVICE_PROXY", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "get pods", grants: [{ rules: [proxy], in: "payments" }], held: "low payments" },
    {
      name: "create services",
      grants: [{ rules: [{ verbs: ["create"], resources: ["services/proxy"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "a named service",
      grants: [{ rules: [{ ...proxy, resources: ["services/proxy"], resourceNames: ["web"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "2: */proxy grants it",
      grants: [{ rules: [{ ...proxy, resources: ["*/proxy"] }], in: "payments" }],
      held: "low payments",
    },
    { name: "in kube-system", grants: [{ rules: [proxy], in: "kube-system" }], held: "medium kube-system" },
    { name: "everywhere", grants: [{ rules: [proxy] }], held: "medium cluster" },
    {
      name: "list is no request",
      grants: [{ rules: [{ ...proxy, verbs: ["list", "watch"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "nodes/proxy is another",
      grants: [{ rules: [{ ...proxy, resources: ["nodes/proxy"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "get of pods is not",
      grants: [{ rules: [{ ...proxy, resources: ["pods", "services"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...proxy, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [proxy], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_SERVICE_PROXY).toBe(held);
  });

  it.each(["34", "35", "37", null])("get is enough on version 1.%s", (minor) => {
    expect(heldBy({ ...aGrantedCluster({ rules: [proxy], in: "payments" }), minor }).POD_SERVICE_PROXY).toBe(
      "low payments",
    );
  });
});
