import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const write = { verbs: ["patch"], apiGroups: ["flowcontrol.apiserver.k8s.io"], resources: ["flowschemas"] };

describe("FLOW_CONTROL_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "schemas", grants: [{ rules: [write] }], held: "low cluster" },
    {
      name: "levels",
      grants: [{ rules: [{ ...write, verbs: ["delete"], resources: ["prioritylevelconfigurations"] }] }],
      held: "low cluster",
    },
    {
      name: "classes of pods",
      grants: [{ rules: [{ verbs: ["create"], apiGroups: ["scheduling.k8s.io"], resources: ["priorityclasses"] }] }],
      held: "low cluster",
    },
    {
      name: "one by name",
      grants: [{ rules: [{ ...write, resourceNames: ["global-default"] }] }],
      held: "low cluster",
    },
    {
      name: "the status is not",
      grants: [{ rules: [{ ...write, resources: ["flowschemas/status"] }] }],
      held: undefined,
    },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [write], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "classes of another group are not these",
      grants: [{ rules: [{ ...write, resources: ["priorityclasses"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [write], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).FLOW_CONTROL_WRITE).toBe(held);
  });
});
