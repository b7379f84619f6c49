/**
 * `npm run e2e:kube [-- PATH...]`: a real control plane to try Kordon against. Loads the manifests in PATHs (by default
 * those under e2e/kube/cases, and the real-world fixtures when KORDON_FIXTURES is set) and stays until Ctrl-C.
 */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { applyObjects } from "./apply.ts";
import { MissingBinariesError, findAssets } from "./assets.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { loadManifests } from "./manifests.ts";
import { createNodes } from "./nodes.ts";
import type { TestNode } from "./nodes.ts";
import { waitForPodsRunning } from "./wait.ts";

const CASES_DIR = fileURLToPath(new URL("./cases/", import.meta.url));
const CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
const NODES: readonly TestNode[] = [
  { name: "control-plane", labels: [[CONTROL_PLANE, ""]], taints: [{ key: CONTROL_PLANE, effect: "NoSchedule" }] },
  { name: "node-a" },
  { name: "node-b" },
  { name: "node-old", kubeletVersion: "v1.35.2", labels: [["kordon.test/pool", "old"]] },
];
/** Where a published install manifest expects to be, when that is not the name of its folder. */
const EXPECTED_NAMESPACES: ReadonlyMap<string, string> = new Map([["argo-cd", "argocd"]]);

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Folders with manifests, each with the namespace for objects that name none. */
async function chooseSources(
  paths: readonly string[],
): Promise<readonly (readonly [path: string, namespace: string])[]> {
  if (paths.length > 0) return paths.map((path) => [path, "default"] as const);
  const fixtures = process.env["KORDON_FIXTURES"];
  if (fixtures === undefined || fixtures === "") {
    say("KORDON_FIXTURES is not set: loading only e2e/kube/cases");
    return [[CASES_DIR, "default"]];
  }
  const folder = join(fixtures, "real-world");
  const names = (await readdir(folder)).sort();
  return [
    [CASES_DIR, "default"],
    ...names.map((name) => [join(folder, name), EXPECTED_NAMESPACES.get(name) ?? name] as const),
  ];
}

async function load(kube: ControlPlane, path: string, defaultNamespace: string): Promise<void> {
  const { objects, unreadable } = await loadManifests([path]);
  const { applied, skipped } = await applyObjects(kube, objects, { defaultNamespace });
  say(`${basename(path)}: ${String(applied)} objects applied, ${String(skipped.length + unreadable.length)} not`);
  for (const { source, reason } of unreadable) say(`  ${source}: ${reason}`);
  for (const { object, reason } of skipped) say(`  ${object}: ${reason}`);
}

async function fill(kube: ControlPlane, paths: readonly string[]): Promise<void> {
  await createNodes(kube, NODES);
  for (const [path, namespace] of await chooseSources(paths)) await load(kube, path, namespace);
  if (kube.components.missing.length > 0) {
    say(`no pods will run: KUBEBUILDER_ASSETS has no ${kube.components.missing.join(", ")}`);
    return;
  }
  const { running, finished, waiting } = await waitForPodsRunning(kube);
  say(`${String(running)} pods run, ${String(finished)} have finished, ${String(waiting.length)} still wait`);
  for (const line of waiting) say(`  ${line}`);
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    // Pending promises alone do not keep Node running.
    const alive = setInterval(() => undefined, 60_000);
    process.once("exit", () => clearInterval(alive));
  });
}

async function main(paths: readonly string[]): Promise<void> {
  findAssets();
  const interrupted = untilInterrupted();
  const kube = await startControlPlane();
  try {
    say(`Kubernetes ${kube.version} at ${kube.server} (${kube.components.present.join(", ")})`);
    const filled = fill(kube, paths).then(() => {
      say(`\nThe administrator's kubeconfig: ${kube.kubeconfigPath}`);
      say(`Try: npm run -s kordon -- scan --context kordon-test --kubeconfig ${kube.kubeconfigPath}`);
      say("The planted risk is ci/deployer. Ctrl-C ends the cluster and removes it.");
    });
    await Promise.race([interrupted, filled.then(() => interrupted)]);
  } finally {
    await kube.stop();
  }
}

try {
  await main(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  if (!(error instanceof MissingBinariesError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
