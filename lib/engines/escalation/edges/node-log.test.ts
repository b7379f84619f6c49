import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const log = { verbs: ["get"], resources: ["nodes/log"] };

describe("NODE_LOG", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "of every node", grants: [{ rules: [log] }], held: "medium cluster" },
    { name: "of one node", grants: [{ rules: [{ ...log, resourceNames: ["node-1"] }] }], held: "medium cluster" },
    { name: "2: */log grants it", grants: [{ rules: [{ ...log, resources: ["*/log"] }] }], held: "medium cluster" },
    { name: "16: through a role binding it is inert", grants: [{ rules: [log], in: "kube-system" }], held: undefined },
    {
      name: "51: nodes/metrics is harmless",
      grants: [{ rules: [{ ...log, resources: ["nodes/metrics"] }] }],
      held: undefined,
    },
    { name: "pods/log is another", grants: [{ rules: [{ ...log, resources: ["pods/log"] }] }], held: undefined },
    { name: "nodes is not nodes/log", grants: [{ rules: [{ ...log, resources: ["nodes"] }] }], held: undefined },
    { name: "another group is not", grants: [{ rules: [{ ...log, apiGroups: ["metrics.k8s.io"] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [log], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NODE_LOG).toBe(held);
  });

  it("is nothing more for who has the whole kubelet", () => {
    expect(heldBy(aGrantedCluster({ rules: [{ ...log, resources: ["nodes/log", "nodes/proxy"] }] }))).toEqual({
      NODE_PROXY: "critical cluster",
    });
  });
});
