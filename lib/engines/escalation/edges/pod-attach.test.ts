import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { podAttach } from "./pod-attach.ts";

const attach = { verbs: ["create"], resources: ["pods/attach"] };

describe("POD_ATTACH", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "is low: the process decides", grants: [{ rules: [attach], in: "payments" }], held: "low payments" },
    {
      name: "is low even beside an account that takes over",
      grants: [{ rules: [attach], in: "ops" }],
      held: "low ops",
    },
    {
      name: "a named pod",
      grants: [{ rules: [{ ...attach, resourceNames: ["web-0"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "exec is not attach",
      grants: [{ rules: [{ ...attach, resources: ["pods/exec"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "1: pods/* is not",
      grants: [{ rules: [{ ...attach, resources: ["pods/*"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...attach, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [attach], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_ATTACH).toBe(held);
  });

  it.each([
    { minor: "34", held: "low payments" },
    { minor: "35", held: undefined },
    { minor: null, held: "low payments" },
  ])("49: get alone on version 1.$minor", ({ minor, held }) => {
    const parts = aGrantedCluster({ rules: [{ ...attach, verbs: ["get"] }], in: "payments" });
    expect(heldBy({ ...parts, minor }).POD_ATTACH).toBe(held);
  });

  it("is latent and says why, and nothing more for who may exec", () => {
    const exec = { ...attach, resources: ["pods/exec"] };
    const parts = aGrantedCluster({ rules: [attach, exec], in: "payments" });
    expect(holdAlone(parts, podAttach)).toMatchObject([
      {
        gains: [{ type: "pods", namespace: "payments", names: null }],
        state: "latent",
        reason: expect.stringContaining("standard input"),
      },
    ]);
    expect(heldBy(parts)).toEqual({ POD_EXEC: "medium payments" });
  });
});
