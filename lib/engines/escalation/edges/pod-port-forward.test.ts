import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const forward = { verbs: ["create"], resources: ["pods/portforward"] };

describe("POD_PORT_FORWARD", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "in a plain namespace", grants: [{ rules: [forward], in: "payments" }], held: "low payments" },
    { name: "leads to no identity", grants: [{ rules: [forward], in: "ops" }], held: "low ops" },
    { name: "in kube-system", grants: [{ rules: [forward], in: "kube-system" }], held: "medium kube-system" },
    { name: "everywhere", grants: [{ rules: [forward] }], held: "medium cluster" },
    {
      name: "a named pod",
      grants: [{ rules: [{ ...forward, resourceNames: ["web-0"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "1: pods/* is not",
      grants: [{ rules: [{ ...forward, resources: ["pods/*"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...forward, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [forward], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_PORT_FORWARD).toBe(held);
  });

  it.each([
    { minor: "34", held: "low payments" },
    { minor: "35", held: undefined },
    { minor: null, held: "low payments" },
  ])("49: get alone on version 1.$minor", ({ minor, held }) => {
    const parts = aGrantedCluster({ rules: [{ ...forward, verbs: ["get"] }], in: "payments" });
    expect(heldBy({ ...parts, minor }).POD_PORT_FORWARD).toBe(held);
  });
});
