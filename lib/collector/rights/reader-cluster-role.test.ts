import { describe, expect, it } from "vitest";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import type { Topic } from "#lib/model/topics.ts";
import { TOPICS } from "#lib/model/topics.ts";
import { loadManifests } from "../manifests/load-manifests.ts";
import { readerClusterRole } from "./reader-cluster-role.ts";

const load = (topics: readonly Topic[]): Promise<ClusterSnapshot> =>
  loadManifests([{ name: "reader.yaml", text: readerClusterRole(topics) }], { clusterName: "x", now: new Date(0) });

describe("readerClusterRole", () => {
  it.each([[TOPICS], [["access"] as const], [[] as const]])(
    "for %j only reads, names every resource and no Secret (M1)",
    async (topics) => {
      const { objects } = await load(topics);
      const rules = [...objects.clusterRoles, ...objects.roles].flatMap((role) => role.rules);
      for (const { verbs, apiGroups, resources } of rules) {
        for (const verb of verbs) expect(["get", "list", "watch"]).toContain(verb);
        expect([...apiGroups, ...resources]).not.toContain("*");
        expect(resources.join(" ")).not.toMatch(/secrets|\//);
      }
      expect(objects.clusterRoleBindings.length).toBe(1);
    },
  );

  it("lists exactly the kinds of its topics, ConfigMaps by name", async () => {
    const { objects } = await load(["api-server"]);
    const allowed = (objects.clusterRoles[0]?.rules ?? []).flatMap(({ apiGroups, resources }) =>
      resources.map((resource) => `${apiGroups.join()}/${resource}`),
    );
    const needed = KIND_DEFINITIONS.filter(
      ({ topics, onlyNames }) => topics.includes("api-server") && onlyNames === undefined,
    );
    expect(allowed.sort()).toEqual(
      ["/namespaces", ...needed.map(({ group, resource }) => `${group}/${resource}`)].sort(),
    );
    expect(
      objects.roles.map(({ metadata, rules }) => [
        metadata.namespace,
        rules[0]?.verbs,
        rules[0]?.resources,
        rules[0]?.resourceNames.length,
      ]),
    ).toEqual([["kube-system", ["get"], ["configmaps"], 6]]);
    expect((await load(["pods"])).objects.roles).toEqual([]);
  });
});
