import { execFileSync } from "node:child_process";
import type { APIRequestContext, Page } from "@playwright/test";
import { renderKubeconfig } from "#e2e/kube/kubeconfig.ts";
import { addPastedCluster } from "#e2e/support/add-cluster.ts";
import { clusterNamed, waitForClusters } from "#e2e/support/api.ts";
import { expect, test } from "#e2e/support/journey.ts";
import type { Product } from "#e2e/support/product.ts";
import { startProduct } from "#e2e/support/product.ts";
import { createFakeCluster, fakeObjects } from "#lib/testing/fake-cluster.ts";
import type { ScriptedApiServer } from "#lib/testing/scripted-api-server.ts";
import { startScriptedApiServer } from "#lib/testing/scripted-api-server.ts";

test.describe("a worker that is killed in the middle of a scan", () => {
  test.describe.configure({ mode: "serial", timeout: 150_000 });
  let slow: ScriptedApiServer;
  let quick: ScriptedApiServer;
  let product: Product;

  test.beforeAll(async () => {
    const cluster = createFakeCluster(["namespaces", "pods", "serviceaccounts"]);
    cluster.objects.set("namespaces", fakeObjects(3));
    cluster.objects.set("serviceaccounts", fakeObjects(7, "object-0001"));
    slow = await startScriptedApiServer((request) => cluster.script(request));
    quick = await startScriptedApiServer((request) => cluster.script(request));
    product = await startProduct({ args: ["--no-demo"], env: { KORDON_ALLOWED_NETWORKS: "127.0.0.0/8" } });
  });

  test.afterAll(async () => {
    await product?.stop();
    await Promise.all([slow?.close(), quick?.close()]);
  });

  const add = (page: Page, name: string, { server, caPem }: ScriptedApiServer) =>
    addPastedCluster(page, {
      baseUrl: product.url,
      name,
      kubeconfig: renderKubeconfig({ server, caPem, user: { token: "of-the-test" } }),
    });
  const hangInPods = () => {
    slow.reset();
    slow.use(({ path }) => (path === "/api/v1/pods" ? { silent: true } : undefined));
  };
  const scanOf = async (name: string, request: APIRequestContext) =>
    (await clusterNamed(request, name, product.url)).lastScan;

  test("leaves the last good scan, and the next worker ends the job", async ({ page, request }) => {
    const overview = await add(page, "slow", slow);
    await waitForClusters(request, "the first scan is there", (all) => all.every(({ state }) => state === "current"), {
      baseUrl: product.url,
    });
    const first = await scanOf("slow", request);
    expect(first).not.toBeNull();

    hangInPods();
    await page.goto(overview);
    await page.getByRole("button", { name: "Scan now" }).click();
    await expect(page.getByText(/^Reading/)).toBeVisible();
    await waitForPods(slow);

    await test.step("another cluster is not held up", async () => {
      await add(page, "quick", quick);
      await expect.poll(async () => (await scanOf("quick", request)) !== null).toBe(true);
    });

    killWorker(product.processId);
    await test.step("the last good scan is still what everyone sees", async () => {
      await page.goto(overview);
      await expect(page.getByRole("main").getByText("3 namespaces")).toBeVisible();
      expect((await scanOf("slow", request))?.sequence).toBe(first?.sequence);
    });

    slow.reset();
    await test.step("a new worker takes the job over when its lease has run out", async () => {
      await waitForClusters(
        request,
        "the scan has ended",
        (all) => all.every(({ state, activeJob }) => state === "current" && activeJob === null),
        { baseUrl: product.url, timeoutMs: 40_000 },
      );
      expect((await scanOf("slow", request))?.sequence).toBeGreaterThan(first?.sequence ?? Infinity);
    });
    expect(await product.readLog()).toContain("The worker ended");
  });

  test("and that dies on it again: the job is given up with a clear state", async ({ page, request }) => {
    const { id, lastScan } = await clusterNamed(request, "slow", product.url);
    hangInPods();
    await page.goto(`${product.url}/clusters/${id}`);
    await page.getByRole("button", { name: "Scan now" }).click();
    for (const attempt of [1, 2]) {
      await test.step(`worker ${attempt}`, async () => {
        await waitForPods(slow);
        killWorker(product.processId);
        hangInPods();
      });
    }
    await expect(page.getByText("the last good one is shown")).toBeVisible({ timeout: 40_000 });
    // In the notice and in the list of scans.
    await expect(page.getByRole("main").getByText("The worker ended twice in the middle of this job")).toHaveCount(2);
    const kept = await clusterNamed(request, "slow", product.url);
    expect(kept.state).toBe("failing");
    expect(kept.lastScan?.sequence).toBe(lastScan?.sequence);
    await expect(page.getByRole("main").getByText("3 namespaces")).toBeVisible();

    slow.reset();
    await page.getByRole("button", { name: "Scan now" }).click();
    await expect(page.getByText("the last good one is shown")).toBeHidden({ timeout: 30_000 });
  });
});

/** Waits until a scan hangs in the list of pods. */
async function waitForPods(server: ScriptedApiServer): Promise<void> {
  await expect.poll(() => server.requests.some(({ path }) => path === "/api/v1/pods"), { timeout: 40_000 }).toBe(true);
}

/** Ends the worker that a supervisor started as the kernel would when memory runs out. */
function killWorker(supervisor: number): void {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const worker = processes
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .find((match) => Number(match?.[2]) === supervisor && match?.[3]?.includes("worker/main.ts"));
  expect(worker, "a worker runs").toBeDefined();
  process.kill(Number(worker?.[1]), "SIGKILL");
}
