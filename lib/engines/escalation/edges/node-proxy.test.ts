import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, reachedBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aPod } from "#lib/testing/build-pods.ts";

const get = { verbs: ["get"], resources: ["nodes/proxy"] };

describe("NODE_PROXY", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "50: get alone is the whole node", grants: [{ rules: [get] }], held: "critical cluster" },
    { name: "create alone is too", grants: [{ rules: [{ ...get, verbs: ["create"] }] }], held: "critical cluster" },
    {
      name: "limited to a node it still is",
      grants: [{ rules: [{ ...get, resourceNames: ["node-1"] }] }],
      held: "critical cluster",
    },
    {
      name: "limited to a node without pods it waits",
      grants: [{ rules: [{ ...get, resourceNames: ["node-2"] }] }],
      held: "low cluster",
    },
    { name: "*/proxy grants it", grants: [{ rules: [{ ...get, resources: ["*/proxy"] }] }], held: "critical cluster" },
    { name: "16: through a role binding it is inert", grants: [{ rules: [get], in: "kube-system" }], held: undefined },
    {
      name: "51: nodes/metrics is harmless",
      grants: [{ rules: [{ ...get, resources: ["nodes/metrics"] }] }],
      held: undefined,
    },
    { name: "nodes is not nodes/proxy", grants: [{ rules: [{ ...get, resources: ["nodes"] }] }], held: undefined },
    { name: "nodes/* grants nothing", grants: [{ rules: [{ ...get, resources: ["nodes/*"] }] }], held: undefined },
    {
      name: "pods/proxy is not nodes/proxy",
      grants: [{ rules: [{ ...get, resources: ["pods/proxy"] }] }],
      held: undefined,
    },
    { name: "delete does not open it", grants: [{ rules: [{ ...get, verbs: ["delete"] }] }], held: undefined },
    {
      name: "a default binding is expected",
      grants: [{ rules: [get], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).NODE_PROXY).toBe(held);
  });

  it("limited to nodes it opens the pods on these", () => {
    const parts = aGrantedCluster({ rules: [{ ...get, resourceNames: ["node-2"] }] });
    const pods = [...(parts.pods ?? []), aPod("shop", "web-0", { nodeName: "node-2" }), aPod("shop", "web-1")];
    expect(reachedBy({ ...parts, pods }, "NODE_PROXY")).toEqual(["pods shop web-0"]);
  });

  it.each(["30", "34", "35", "37", null])("50: get is enough on version 1.%s", (minor) => {
    expect(heldBy({ ...aGrantedCluster({ rules: [get] }), minor }).NODE_PROXY).toBe("critical cluster");
  });
});
