import { mkdtemp, readFile, readdir, rmdir } from "node:fs/promises";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyObjects } from "./apply.ts";
import { findAssets, MissingBinariesError, requireControlPlane } from "./assets.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { issueClientCertificate, mintServiceAccountToken } from "./credentials.ts";
import { asItems, asRecord, asText } from "./json.ts";
import { loadManifests, parseManifests } from "./manifests.ts";
import { createNodes } from "./nodes.ts";
import { waitFor, waitForAggregatedRoles, waitForPodsRunning } from "./wait.ts";

const CASES_DIR = fileURLToPath(new URL("./cases/", import.meta.url));
const FULL = requireControlPlane(["kube-controller-manager", "kube-scheduler", "kwok"]);
const WHO_AM_I = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };

describe("findAssets", () => {
  it("names what is missing in a folder without binaries", async () => {
    const dir = await mkdtemp(join(tmpdir(), "kordon-empty-"));
    expect(() => findAssets([], dir)).toThrow(MissingBinariesError);
    expect(() => findAssets([], dir)).toThrow("etcd, kube-apiserver");
    await rmdir(dir);
  });
});

describe.skipIf(!FULL.available)("a full control plane", () => {
  let kube: ControlPlane;
  beforeAll(async () => {
    kube = await startControlPlane({
      tokens: [{ token: "test-viewer", user: 'odd "user", name', uid: "u1", groups: ["team a", "team b"] }],
    });
    await createNodes(kube, [{ name: "node-a" }, { name: "node-old", kubeletVersion: "v1.35.2", cpu: "8" }]);
    await applyObjects(kube, (await loadManifests([CASES_DIR])).objects);
  });
  afterAll(() => kube.stop());

  it("knows users of the token file with their groups", async () => {
    const { body } = await kube.request(
      "POST",
      "/apis/authentication.k8s.io/v1/selfsubjectreviews",
      WHO_AM_I,
      "test-viewer",
    );
    const user = asRecord(asRecord(asRecord(body)["status"])["userInfo"]);
    expect(user["username"]).toBe('odd "user", name');
    expect(user["groups"]).toEqual(["team a", "team b", "system:authenticated"]);
  });

  it("fills the aggregated ClusterRoles", async () => {
    await waitForAggregatedRoles(kube);
    const { body } = await kube.request("GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles/view");
    expect(asItems(asRecord(body)["rules"]).length).toBeGreaterThan(5);
  });

  it("runs the pods of the cases on nodes that kwok plays", async () => {
    const progress = await waitForPodsRunning(kube);
    expect(progress).toEqual({ settled: true, running: 3, finished: 0, waiting: [] });
    const { body } = await kube.request("GET", "/api/v1/nodes/node-old");
    const status = asRecord(asRecord(body)["status"]);
    expect(asRecord(status["nodeInfo"])["kubeletVersion"]).toBe("v1.35.2");
    expect(asRecord(status["allocatable"])["cpu"]).toBe("8");
  });

  it("mints a service account's token, with which the planted deployer can take over the cluster", async () => {
    const token = await mintServiceAccountToken(kube, "ci", "deployer");
    const path = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    const binding = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "takeover" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ kind: "ServiceAccount", namespace: "ci", name: "deployer" }],
    };
    expect((await kube.request("GET", "/api/v1/secrets", undefined, token)).status).toBe(403);
    expect((await kube.request("POST", path, binding, token)).status).toBe(201);
    const status = await waitFor("the new binding is in force", 10_000, async () => {
      const answer = await kube.request("GET", "/api/v1/secrets", undefined, token);
      return answer.status === 403 ? null : answer.status;
    });
    expect(status).toBe(200);
    await kube.request("DELETE", `${path}/takeover`);
  });

  it("signs a client certificate that the server accepts", async () => {
    const user = await issueClientCertificate(kube, "cert user", ["team c"]);
    if (!("clientKeyPem" in user)) throw new Error("expected a certificate");
    const dispatcher = new Agent({
      connect: { ca: kube.caPem, cert: user.clientCertificatePem, key: user.clientKeyPem },
    });
    const response = await request(`${kube.server}/apis/authentication.k8s.io/v1/selfsubjectreviews`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(WHO_AM_I),
      dispatcher,
    });
    const userInfo = asRecord(asRecord(asRecord(await response.body.json())["status"])["userInfo"]);
    await dispatcher.close();
    expect(userInfo["username"]).toBe("cert user");
    expect(userInfo["groups"]).toEqual(["team c", "system:authenticated"]);
  });

  it("applies custom resources in one go with their definitions, and names what the cluster does not serve", async () => {
    const group = "kordon.test";
    const definition = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: `widgets.${group}` },
      spec: {
        group,
        scope: "Namespaced",
        names: { plural: "widgets", kind: "Widget" },
        versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
      },
    };
    const widget = { apiVersion: `${group}/v1`, kind: "Widget", metadata: { name: "w", namespace: "made-up" } };
    const unknown = { apiVersion: `${group}/v1`, kind: "Gadget", metadata: { name: "g" } };
    const text = JSON.stringify({ apiVersion: "v1", kind: "List", items: [widget, unknown, definition] });
    const result = await applyObjects(kube, parseManifests(text).objects);
    expect(result).toEqual({
      applied: 2,
      skipped: [{ object: "Gadget default/g", reason: "the cluster does not serve kordon.test/v1 Gadget" }],
    });
  });
});

describe.skipIf(!FULL.available)("a bare API server", () => {
  it("creates pods without controllers, behaves as an older minor, and leaves nothing behind", async () => {
    const kube = await startControlPlane({
      components: { "kube-controller-manager": false, "kube-scheduler": false, kwok: false },
      emulatedVersion: "1.35",
    });
    const { body } = await kube.request("GET", "/version");
    expect(asText(asRecord(body)["emulationMinor"])).toBe("35");
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "p" },
      spec: { containers: [{ name: "c", image: "i" }] },
    };
    expect((await kube.request("POST", "/api/v1/namespaces/default/pods", pod)).status).toBe(201);
    expect(kube.components.present).toEqual(["etcd", "kube-apiserver"]);
    await kube.stop();
    await kube.stop();
    expect(existsSync(kube.dir)).toBe(false);
  });

  it("says why the API server did not start", async () => {
    await expect(startControlPlane({ extraApiServerArgs: ["--no-such-flag"] })).rejects.toThrow(
      "unknown flag: --no-such-flag",
    );
  });

  it("ends with its parent, even when that is killed", async () => {
    const moduleUrl = new URL("./control-plane.ts", import.meta.url).href;
    const script = `const { startControlPlane } = await import(${JSON.stringify(moduleUrl)});
      const kube = await startControlPlane(); console.log(kube.dir); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const output = (await once(parent.stdout, "data")) as readonly unknown[];
    const dir = String(output[0]).trim();
    expect(await readdir(dir)).toContain("kube-apiserver.log");
    parent.kill("SIGKILL");
    await waitFor("the folder is gone", 10_000, () => Promise.resolve(existsSync(dir) ? null : true));
    expect(await listProcessesIn(dir)).toEqual([]);
  });
});

/** Processes whose command line names the folder (Linux only; elsewhere nothing is found). */
async function listProcessesIn(dir: string): Promise<readonly string[]> {
  if (!existsSync("/proc/self/cmdline")) return [];
  const found: string[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""); // ended meanwhile
    if (command.includes(dir)) found.push(command);
  }
  return found;
}
