import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const log = { verbs: ["get"], resources: ["pods/log"] };

describe("POD_LOG", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "of the cluster's components", grants: [{ rules: [log], in: "kube-system" }], held: "low kube-system" },
    {
      name: "in a namespace of a team it is everyday work",
      grants: [{ rules: [log], in: "payments" }],
      held: undefined,
    },
    { name: "everywhere", grants: [{ rules: [log] }], held: "low cluster" },
    {
      name: "of a named pod",
      grants: [{ rules: [{ ...log, resourceNames: ["web-0"] }], in: "kube-system" }],
      held: "low kube-system",
    },
    {
      name: "2: */log grants it",
      grants: [{ rules: [{ ...log, resources: ["*/log"] }], in: "kube-system" }],
      held: "low kube-system",
    },
    {
      name: "4: pods does not grant pods/log",
      grants: [{ rules: [{ ...log, resources: ["pods"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "list reads none",
      grants: [{ rules: [{ ...log, verbs: ["list", "watch"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...log, apiGroups: ["apps"] }], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [log], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).POD_LOG).toBe(held);
  });
});
