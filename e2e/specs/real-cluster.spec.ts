import { fileURLToPath } from "node:url";
import { applyObjects } from "#e2e/kube/apply.ts";
import { requireControlPlane } from "#e2e/kube/assets.ts";
import type { ControlPlane } from "#e2e/kube/control-plane.ts";
import { startControlPlane } from "#e2e/kube/control-plane.ts";
import { mintServiceAccountToken } from "#e2e/kube/credentials.ts";
import { renderKubeconfig } from "#e2e/kube/kubeconfig.ts";
import { loadManifests, parseManifests } from "#e2e/kube/manifests.ts";
import { createNodes } from "#e2e/kube/nodes.ts";
import { waitForAggregatedRoles, waitForPodsRunning } from "#e2e/kube/wait.ts";
import { addPastedCluster } from "#e2e/support/add-cluster.ts";
import { accessibilityProblems, expect, sidewaysScroll, test } from "#e2e/support/journey.ts";
import type { Product } from "#e2e/support/product.ts";
import { startProduct } from "#e2e/support/product.ts";
import { liveCheckRole, READER_ACCOUNT, readerClusterRole } from "#lib/collector/index.ts";
import { TOPICS } from "#lib/model/topics.ts";

const CASES = fileURLToPath(new URL("../kube/cases/", import.meta.url));
const RESTRICTED = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: half-blind, namespace: kordon }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: half-blind }
rules:
- { apiGroups: [""], resources: [namespaces, pods, serviceaccounts], verbs: [get, list, watch] }
- { apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles, roles, clusterrolebindings], verbs: [get, list, watch] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: half-blind }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: half-blind }
subjects: [{ kind: ServiceAccount, name: half-blind, namespace: kordon }]
`;
const available = requireControlPlane(["kube-controller-manager", "kube-scheduler", "kwok"]).available;

test.describe("a real cluster", () => {
  test.skip(!available, "needs a control plane in KUBEBUILDER_ASSETS");
  test.describe.configure({ mode: "serial", timeout: 180_000 });
  let kube: ControlPlane;
  let product: Product;

  test.beforeAll(async () => {
    kube = await startControlPlane();
    await waitForAggregatedRoles(kube);
    await createNodes(kube, [{ name: "node-1" }, { name: "node-2" }]);
    const { objects } = await loadManifests([CASES]);
    const own = parseManifests(`${readerClusterRole(TOPICS)}\n---\n${RESTRICTED}`).objects;
    expect((await applyObjects(kube, [...objects, ...own])).skipped).toEqual([]);
    await waitForPodsRunning(kube);
    const args = ["--no-demo", "--kubeconfig", kube.kubeconfigPath];
    product = await startProduct({ args, env: { KORDON_ALLOWED_NETWORKS: "127.0.0.0/8" } });
  });

  test.afterAll(async () => {
    await product?.stop();
    await kube?.stop();
  });

  async function kubeconfigOf(account: string): Promise<string> {
    const token = await mintServiceAccountToken(kube, "kordon", account);
    return renderKubeconfig({ server: kube.server, caPem: kube.caPem, user: { token } });
  }

  test("is added through the page, tested, scanned, and shows the planted account down to its binding", async ({
    page,
  }) => {
    const overview = await addPastedCluster(page, {
      baseUrl: product.url,
      name: "real",
      kubeconfig: await kubeconfigOf("kordon-reader"),
    });
    await expect(page.getByRole("heading", { level: 1 })).toContainText("can take over the cluster", {
      timeout: 60_000,
    });
    await test.step("the credential is enough for every topic", async () => {
      await page.goto(`${product.url}/settings`);
      await page.getByRole("button", { name: "Test real" }).click();
      const panel = page.getByRole("dialog", { name: /real/ });
      await panel.getByRole("button", { name: "Test now" }).click();
      await expect(panel).toContainText("system:serviceaccount:kordon:kordon-reader", { timeout: 30_000 });
      await expect(panel.getByText("blind")).toHaveCount(0);
    });
    await test.step("drill down", async () => {
      await page.goto(`${overview}/access`);
      await page.getByRole("searchbox", { name: "Filter by name" }).fill("deployer");
      await expect(page.getByRole("table", { name: "Subjects" })).toContainText("deployer");
      await page.goto(`${overview}/access/${encodeURIComponent("ServiceAccount:ci/deployer")}`);
      await expect(page.getByRole("main")).toContainText("can grant itself any role");
      await expect(page.getByRole("main")).toContainText("ci-deployer");
    });
  });

  test("read by an account that may not list role bindings says what is not known", async ({ page }) => {
    const overview = await addPastedCluster(page, {
      baseUrl: product.url,
      name: "half",
      kubeconfig: await kubeconfigOf("half-blind"),
    });
    await expect(page.getByRole("heading", { level: 1 })).toContainText("can take over the cluster", {
      timeout: 60_000,
    });
    await page.goto(`${overview}/access?tab=who-can&verb=get&resource=secrets&namespace=ci`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("not everything could be read");
    await test.step("the connection test names what is missing, and the role that completes it", async () => {
      await page.goto(`${product.url}/settings`);
      await page.getByRole("button", { name: "Test half" }).click();
      const panel = page.getByRole("dialog", { name: /half/ });
      await panel.getByRole("button", { name: "Test now" }).click();
      await expect(panel).toContainText("not everything may be read", { timeout: 30_000 });
      await expect(panel.getByRole("listitem").filter({ hasText: /^Access/ })).toContainText("in part");
      await expect(panel.getByRole("listitem").filter({ hasText: /^Network/ })).toContainText("networkpolicies");
      await expect(panel).toContainText("Apply this to complete it");
      await expect(panel).toContainText("rolebindings");
    });
  });

  test("is found in the kubeconfig of the operator and added with one click", async ({ page }) => {
    await page.goto(`${product.url}/settings?add=context`);
    const dialog = page.getByRole("dialog", { name: "Add a cluster" });
    const context = dialog.getByRole("listitem").filter({ hasText: kube.server });
    await context.getByRole("button", { name: /^Add / }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("can take over the cluster", {
      timeout: 60_000,
    });
    await page.goto(`${product.url}/settings?add=context`);
    await expect(context).toContainText("added");
  });

  test("a path is checked on the live cluster: first the right to ask, then yes, then no", async ({ page }) => {
    const overview = await addPastedCluster(page, {
      baseUrl: product.url,
      name: "checked",
      kubeconfig: await kubeconfigOf("kordon-reader"),
    });
    await expect(page.getByRole("heading", { level: 1 })).toContainText("can take over the cluster", {
      timeout: 60_000,
    });
    const subjectPage = `${overview}/access/${encodeURIComponent("ServiceAccount:ci/deployer")}`;
    await page.goto(subjectPage);
    const card = page.getByRole("region", { name: "How it takes over" });
    const steps = card.getByRole("list", { name: "Steps of path 1" });
    const agrees = steps.getByText("The API server agrees");

    await test.step("the reader role is not enough, and the page prints what is", async () => {
      await card.getByRole("button", { name: "Check on the live cluster" }).click();
      await expect(card).toContainText("Kordon's own credential may not ask this", { timeout: 30_000 });
      await expect(card).toContainText("create subjectaccessreviews.authorization.k8s.io");
      await expect(card.getByRole("group", { name: "ClusterRole and binding" })).toContainText("kordon-reader");
      await expect(agrees).toHaveCount(0);
      expect(await accessibilityProblems(page)).toEqual([]);
      await applyObjects(kube, parseManifests(liveCheckRole(READER_ACCOUNT)).objects);
    });

    await test.step("the API server agrees with every right, and says it at each", async () => {
      await expect(async () => {
        await card.getByRole("button", { name: "Check again" }).first().click();
        await expect(card.getByRole("status").first()).toContainText(/2 of 2 rights confirmed on the live cluster/, {
          timeout: 5_000,
        });
      }).toPass({ timeout: 30_000 });
      await expect(agrees).toHaveCount(2);
      await expect(agrees.first().locator("..")).toContainText("system:serviceaccount:ci:deployer");
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await sidewaysScroll(page)).toBe(0);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    await test.step("the marks stay while one looks elsewhere, and are no part of the scan", async () => {
      await steps.getByRole("link", { name: "ci-deployer" }).first().click();
      await expect(page).toHaveURL(/tab=bindings/);
      await page.goBack();
      await expect(agrees).toHaveCount(2);
      await page.reload();
      await expect(card.getByRole("button", { name: "Check on the live cluster" }).first()).toBeVisible();
      await expect(agrees).toHaveCount(0);
    });

    await test.step("after the binding is gone it says no, and a new scan has the path no more", async () => {
      const path = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/ci-deployer";
      expect((await kube.request("DELETE", path)).status).toBe(200);
      await card.getByRole("button", { name: "Check on the live cluster" }).first().click();
      await expect(card).toContainText("The API server says no to", { timeout: 30_000 });
      await expect(steps.getByText("The API server says no")).not.toHaveCount(0);
      expect(await accessibilityProblems(page)).toEqual([]);
      await card.getByRole("button", { name: "Scan now" }).click();
      await expect(card).toContainText("No way to the cluster is known", { timeout: 60_000 });
    });
  });
});
