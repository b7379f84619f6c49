import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClusterConnection } from "#lib/collector/index.ts";
import {
  collectLive,
  connectKubeconfigContext,
  preflight,
  probeCluster,
  readerClusterRole,
} from "#lib/collector/index.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { TOPICS } from "#lib/model/topics.ts";
import { applyObjects } from "./apply.ts";
import { requireControlPlane } from "./assets.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { mintServiceAccountToken } from "./credentials.ts";
import { asItems, asRecord, asText } from "./json.ts";
import { loadManifests, parseManifests } from "./manifests.ts";
import { createNodes } from "./nodes.ts";
import { waitForPodsRunning } from "./wait.ts";

const CASES_DIR = fileURLToPath(new URL("./cases/", import.meta.url));
const FULL = requireControlPlane(["kube-controller-manager", "kube-scheduler", "kwok"]);
const NAMESPACED = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: looker, namespace: default }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: namespace-lister }
rules: [{ apiGroups: [""], resources: [namespaces], verbs: [list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: namespace-lister }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: namespace-lister }
subjects: [{ kind: ServiceAccount, name: looker, namespace: default }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: looker, namespace: kube-system }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: looker, namespace: default }]
`;

describe.skipIf(!FULL.available)("the collector against a real API server", () => {
  let kube: ControlPlane;
  let admin: ClusterConnection;
  beforeAll(async () => {
    kube = await startControlPlane({ tokens: [{ token: "nobody-token", user: "nobody", uid: "u9", groups: [] }] });
    await createNodes(kube, [{ name: "node-a" }]);
    await applyObjects(kube, (await loadManifests([CASES_DIR])).objects);
    await applyObjects(kube, parseManifests(readerClusterRole(TOPICS)).objects);
    await applyObjects(kube, parseManifests(NAMESPACED).objects);
    await waitForPodsRunning(kube, 60_000);
    admin = await connectKubeconfigContext([kube.kubeconfigPath], undefined);
  });
  afterAll(async () => {
    await kube?.stop();
  });

  const withToken = (token: string): ClusterConnection => ({
    ...admin,
    authorize: () => Promise.resolve({ headers: [["authorization", `Bearer ${token}`]] }),
  });

  it("finds exactly the objects that the API lists, whatever the page size", async () => {
    const small = await collectLive(admin, { clusterName: "real", pageSize: 7 });
    const large = await collectLive(admin, { clusterName: "real" });
    for (const { resource, group, kind, collection, versions, onlyNames } of KIND_DEFINITIONS) {
      const isServed = large.apiResources.some((entry) => entry.group === group && entry.resource === resource);
      if (!isServed || onlyNames !== undefined) continue;
      const version = versions.find((candidate) =>
        large.apiResources.some(
          (entry) => entry.group === group && entry.resource === resource && entry.version === candidate,
        ),
      );
      const list = await kube.get(
        `/${group === "" ? "api" : `apis/${group}`}/${version}/${resource}`,
        "application/json",
      );
      const expected = asItems(asRecord(list.body)["items"])
        .map((item) => asRecord(asRecord(item)["metadata"]))
        .map((metadata) => `${asText(metadata["namespace"])}/${asText(metadata["name"])}`)
        .sort();
      expect({ kind, names: namesOf(large, collection, kind) }).toEqual({ kind, names: expected });
      expect({ kind, names: namesOf(small, collection, kind) }).toEqual({ kind, names: expected });
    }
    expect(large.coverage.filter(({ state }) => state !== "complete" && state !== "absent")).toEqual([]);
    expect(large.version?.gitVersion).toBe(kube.version);
    expect(large.apiServer.servingCertificate?.names.length).toBeGreaterThan(0);
    expect(large.apiServer.serviceAccountIssuer).toBe("https://kubernetes.default.svc.cluster.local");
  });

  it("shares one specification between the replicas of a workload", async () => {
    const { objects } = await collectLive(admin, { clusterName: "real" });
    const groups = Map.groupBy(objects.pods, ({ metadata }) => metadata.ownerReferences[0]?.uid ?? metadata.uid);
    for (const pods of groups.values()) expect(new Set(pods.map(({ spec }) => spec)).size).toBe(1);
    expect(objects.pods.length).toBeGreaterThan(0);
  });

  it("reads everything with the printed ClusterRole and sees no right too many", async () => {
    const reader = withToken(await mintServiceAccountToken(kube, "kordon", "kordon-reader"));
    const rights = await preflight(reader);
    expect(rights.identity?.username).toBe("system:serviceaccount:kordon:kordon-reader");
    expect(rights.topics).toEqual(TOPICS.map((topic) => ({ topic, state: "full", missing: [] })));
    expect(rights.excess).toEqual([]);
    const snapshot = await collectLive(reader, { clusterName: "real" });
    const gaps = snapshot.coverage.filter(({ state }) => state !== "complete" && state !== "absent");
    expect(gaps.map(({ kind, state }) => `${kind} ${state}`)).toEqual(["PriorityClass forbidden"]);
    expect(snapshot.apiServer.serviceAccountIssuer).toBe("https://kubernetes.default.svc.cluster.local");
  });

  it("falls back to single namespaces and records each", async () => {
    const looker = withToken(await mintServiceAccountToken(kube, "default", "looker"));
    const snapshot = await collectLive(looker, { clusterName: "real" });
    const pods = snapshot.coverage.filter(({ kind }) => kind === "Pod");
    expect(pods.length).toBe(snapshot.objects.namespaces.length);
    for (const { namespace, state } of pods) expect(state).toBe(namespace === "kube-system" ? "complete" : "forbidden");
    expect(snapshot.coverage.find(({ kind }) => kind === "ClusterRole")?.state).toBe("forbidden");
    const rights = await preflight(looker);
    expect(rights.topics.find(({ topic }) => topic === "access")?.state).toBe("limited");
    expect(rights.topics.find(({ topic }) => topic === "network")?.missing).toContainEqual(
      expect.objectContaining({ resource: "networkpolicies", isKnown: true }),
    );
  });

  it("names the rights that an administrator's credential has too many", async () => {
    const { excess, identity } = await preflight(admin);
    expect(identity?.groups).toContain("system:masters");
    expect(excess.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["everything", "secrets", "write", "execute", "identity"]),
    );
  });

  it("refuses to call a scan without any readable kind a scan", async () => {
    await expect(collectLive(withToken("nobody-token"), { clusterName: "real" })).rejects.toMatchObject({
      code: "cluster_forbidden",
    });
    await expect(collectLive(withToken("wrong"), { clusterName: "real" })).rejects.toMatchObject({
      code: "cluster_unauthorized",
    });
  });

  it("tells version, identity and certificate of a connection, and what is wrong with another", async () => {
    const probe = await probeCluster(admin);
    expect(probe.version?.gitVersion).toBe(kube.version);
    expect(probe.identity?.username).not.toBe("");
    expect(probe.handshake.tlsVersion).toBe("TLSv1.3");
    await expect(probeCluster({ ...admin, tls: { rejectUnauthorized: true } })).rejects.toMatchObject({
      code: "cluster_unreachable",
      message: expect.stringContaining("certificate"),
    });
  });
});

function namesOf(
  snapshot: ClusterSnapshot,
  collection: (typeof KIND_DEFINITIONS)[number]["collection"],
  kind: string,
): readonly string[] {
  return snapshot.objects[collection]
    .filter((object) => !("kind" in object) || object.kind === kind)
    .map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`)
    .sort();
}
