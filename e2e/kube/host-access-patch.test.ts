import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutHostAccess } from "#lib/analysis/paths/host-access-edit.ts";
import { collectLive, connectKubeconfigContext } from "#lib/collector/index.ts";
import { hostDoors } from "#lib/engines/escalation/index.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { applyObjects } from "./apply.ts";
import { requireControlPlane } from "./assets.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { parseManifests } from "./manifests.ts";
import { createNodes } from "./nodes.ts";
import { waitForPodsRunning } from "./wait.ts";

const FULL = requireControlPlane(["kube-controller-manager", "kube-scheduler", "kwok"]);
const BINARIES = process.env["KUBEBUILDER_ASSETS"] ?? "";
/** Part of every set of binaries that we know of; where all must run, a missing one fails. */
const HAS_KUBECTL = process.env["KORDON_REQUIRE_KUBE"] === "1" || existsSync(join(BINARIES, "kubectl"));
if (!HAS_KUBECTL) process.stderr.write("skipped: the printed patch needs kubectl in KUBEBUILDER_ASSETS\n");
const POD = `
  hostPID: true
  initContainers:
  - { name: setup, image: a, securityContext: { privileged: true } }
  containers:
  - name: agent
    image: a
    securityContext: { capabilities: { add: [SYS_ADMIN, NET_ADMIN, SYS_PTRACE] } }
    volumeMounts:
    - { name: etc, mountPath: /host/etc }
    - { name: data, mountPath: /data }
  - { name: reader, image: a, volumeMounts: [{ name: etc, mountPath: /etc-ro, readOnly: true }] }
  - { name: plain, image: a }
  volumes:
  - { name: etc, hostPath: { path: /etc } }
  - { name: data, emptyDir: {} }
`;
const indented = (by: number) => POD.replaceAll("\n", `\n${" ".repeat(by)}`);
const MANIFESTS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: agents }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: ${indented(4)}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: node-agent, namespace: agents }
spec:
  selector: { matchLabels: { app: node-agent } }
  template:
    metadata: { labels: { app: node-agent } }
    spec: ${indented(4)}
`;

describe.skipIf(!FULL.available || !HAS_KUBECTL)("the printed patch on a real API server", () => {
  let kube: ControlPlane;
  let cache = "";
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), "kordon-kubectl-"));
    kube = await startControlPlane();
    await createNodes(kube, [{ name: "node-a" }]);
    expect((await applyObjects(kube, parseManifests(MANIFESTS).objects)).skipped).toEqual([]);
    await waitForPodsRunning(kube, 60_000);
  });
  afterAll(async () => {
    await rm(cache, { recursive: true });
    await kube?.stop();
  });

  const scan = async (): Promise<ClusterSnapshot> =>
    collectLive(await connectKubeconfigContext([kube.kubeconfigPath], undefined), { clusterName: "real" });
  /** As a person would, in a shell. */
  const runInShell = (command: string) =>
    promisify(execFile)("sh", ["-c", command], {
      env: {
        ...process.env,
        PATH: `${BINARIES}:${process.env["PATH"] ?? ""}`,
        KUBECONFIG: kube.kubeconfigPath,
        KUBECACHEDIR: cache,
      },
    });

  it.each(["web", "node-agent"])("takes all access to the host from %s, and nothing else", async (name) => {
    const { objects } = await scan();
    const pod = objects.pods.find(({ metadata }) => metadata.name.startsWith(`${name}-`));
    expect(pod && hostDoors(pod.spec).map(({ type }) => type)).toEqual(
      expect.arrayContaining(["capabilities", "trace", "volume", "privileged"]),
    );
    const { how } = withoutHostAccess({ namespace: "agents", pod: pod?.metadata.name ?? "" }, objects);
    await runInShell(how.text);
    const workload = (await scan()).objects.workloads.find(
      ({ kind, metadata }) => kind !== "ReplicaSet" && metadata.name === name,
    );
    const spec = workload?.template.spec;
    expect(spec && hostDoors(spec)).toEqual([]);
    expect(spec?.hostPID ?? false).toBe(false);
    expect(spec?.volumes.map((volume) => volume.name)).toEqual(["data"]);
    expect(spec?.containers.map((container) => container.name)).toEqual(["agent", "reader", "plain", "setup"]);
    expect(spec?.containers[0]?.securityContext).toEqual({ capabilities: { add: ["NET_ADMIN", "SYS_PTRACE"] } });
    expect(spec?.containers[0]?.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(["/data"]);
    expect(spec?.containers[1]?.volumeMounts).toEqual([]);
  });
});
