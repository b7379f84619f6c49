import { describe, expect, it } from "vitest";
import { compareObjects } from "#lib/model/compare-objects.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { withBuiltInRoles } from "./built-in-roles.ts";
import { loadManifests } from "./load-manifests.ts";

const load = (...objects: readonly object[]): Promise<ClusterSnapshot> =>
  loadManifests([{ name: "input.json", text: JSON.stringify(objects) }], {
    clusterName: "test",
    now: new Date("2026-11-23T12:00:00Z"),
  });
const RBAC = { apiVersion: "rbac.authorization.k8s.io/v1" };
const binding = (role: string) => ({
  ...RBAC,
  kind: "ClusterRoleBinding",
  metadata: { name: role },
  roleRef: { kind: "ClusterRole", name: role },
});
const viewed = {
  ...RBAC,
  kind: "ClusterRole",
  metadata: { name: "viewed", labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" } },
  rules: [{ verbs: ["get"], apiGroups: ["e.x"], resources: ["things"] }],
};
const bootstrap = { "kubernetes.io/bootstrapping": "rbac-defaults" };
const roleOf = ({ objects }: ClusterSnapshot, name: string) =>
  objects.clusterRoles.find(({ metadata }) => metadata.name === name);

describe("withBuiltInRoles", () => {
  it("adds those that nothing refers to, in order, with what the input gives them", async () => {
    const snapshot = withBuiltInRoles(await load(viewed, binding("admin")));
    expect(roleOf(snapshot, "cluster-admin")?.rules[0]).toMatchObject({ verbs: ["*"] });
    for (const name of ["view", "edit", "admin"])
      expect(roleOf(snapshot, name)?.rules.some(({ apiGroups }) => apiGroups.includes("e.x"))).toBe(true);
    expect(snapshot.objects.clusterRoles).toEqual(snapshot.objects.clusterRoles.toSorted(compareObjects));
    expect(new Set(snapshot.objects.clusterRoles.map(({ metadata }) => metadata.name)).size).toBe(
      snapshot.objects.clusterRoles.length,
    );
  });

  it("adds none that a binding refers to, as nobody's rights may change", async () => {
    const own = { ...RBAC, kind: "ClusterRole", metadata: { name: "x", labels: bootstrap }, rules: [] };
    const snapshot = withBuiltInRoles(await load(own, binding("view")));
    expect(roleOf(snapshot, "view")).toBeUndefined();
    expect(roleOf(snapshot, "edit")).toBeDefined();
  });

  it("leaves a dump and a live cluster as they are", async () => {
    const dump = await load({ ...RBAC, kind: "ClusterRole", metadata: { name: "x", uid: "1", labels: bootstrap } });
    expect(withBuiltInRoles(dump)).toBe(dump);
    const live: ClusterSnapshot = { ...(await load(viewed)), source: { type: "live", server: "https://x" } };
    expect(withBuiltInRoles(live)).toBe(live);
  });
});
