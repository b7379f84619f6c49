import { expect, it } from "vitest";
import { analyzeAccess } from "#lib/analysis/analyze-access.ts";
import { loadManifests, readAccessObjects } from "#lib/collector/index.ts";
import { whatIfInCluster } from "./what-if-in-cluster.ts";

it("a new binding of manifests may refer to a built-in role that they do not name", async () => {
  const text = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}}";
  const options = { clusterName: "test", now: new Date("2026-11-23T12:00:00Z") };
  const analysis = analyzeAccess(await loadManifests([{ name: "input.yaml", text: `---\n${text}` }], options));
  const binding =
    "---\n{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: b}, roleRef: {kind: ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: web, namespace: shop}]}";
  const written = readAccessObjects({ name: "change.yaml", text: binding }, 10, () => undefined);
  const { reach } = whatIfInCluster(analysis, { written, removed: [] });
  expect(reach.gained.map(({ target }) => target.severity)).toContain("critical");
});
