import { getCluster, waitForClusters } from "#e2e/support/api.ts";
import { expect, test } from "#e2e/support/journey.ts";

// 192.0.2.0/24 is reserved for documentation: nothing answers there, on any machine.
const DANGEROUS = `apiVersion: v1
kind: Config
clusters:
- name: lab
  cluster: { server: "https://192.0.2.10:6443" }
users:
- name: lab
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: /bin/sh
contexts:
- name: lab
  context: { cluster: lab, user: lab }
current-context: lab
`;
const HARMLESS = DANGEROUS.replace(/ {4}exec:\n.*\n.*\n/, "    token: secret-token-of-the-test\n");

test("a pasted kubeconfig is refused by the name of its dangerous field, its text kept; then added, renamed and removed", async ({
  page,
  request,
  expectProblem,
}) => {
  expectProblem(/status of 400.*check-kubeconfig/);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add cluster" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a cluster" });
  await dialog.getByRole("tab", { name: "Paste a kubeconfig" }).click();
  const field = dialog.getByRole("textbox", { name: "Kubeconfig" });
  await test.step("refused, with line and field", async () => {
    await field.fill(DANGEROUS);
    await dialog.getByRole("button", { name: "Check" }).click();
    await expect(dialog.getByText(/line \d+.*exec/)).toBeVisible();
    await expect(field).toHaveValue(DANGEROUS);
  });
  await test.step("accepted once it is harmless", async () => {
    await field.fill(HARMLESS);
    await dialog.getByRole("button", { name: "Check" }).click();
    await expect(dialog).toContainText("https://192.0.2.10:6443, with a token");
    await dialog.getByRole("textbox", { name: "Name in Kordon" }).fill("lab");
    await dialog.getByRole("button", { name: "Add and scan" }).click();
    await expect(page).toHaveURL(/\/clusters\/[a-z0-9-]+$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is known about lab yet");
  });
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const detail = JSON.stringify(await getCluster(request, id));
  expect(detail).not.toContain("secret-token-of-the-test");
  await test.step("renamed", async () => {
    await page.goto("/settings");
    await page.getByRole("button", { name: "More for lab" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    const rename = page.getByRole("dialog", { name: "Rename cluster" });
    await rename.getByRole("textbox", { name: "Name" }).fill("lab <b>2</b>");
    await rename.getByRole("button", { name: "Rename" }).click();
    await expect(page.getByRole("button", { name: "More for lab <b>2</b>" })).toBeVisible();
  });
  await test.step("removed, only when its name was typed", async () => {
    await page.getByRole("button", { name: "More for lab <b>2</b>" }).click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    const remove = page.getByRole("dialog", { name: "Remove cluster" });
    await expect(remove.getByRole("button", { name: "Remove" })).toBeDisabled();
    await remove.getByRole("textbox").fill("lab <b>2</b>");
    await remove.getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText("lab <b>2</b>")).toHaveCount(0);
    await waitForClusters(request, "the cluster is gone", (clusters) => clusters.every((cluster) => cluster.id !== id));
  });
});

test("a rescan shows its progress and ends with a newer scan", async ({ page, request, fleet }) => {
  const before = (await waitForClusters(request, "nothing runs", (all) => all.every((c) => c.activeJob === null))).find(
    ({ id }) => id === fleet.big,
  )?.lastScan?.sequence;
  await page.goto(`/clusters/${fleet.big}`);
  await page.getByRole("button", { name: "Scan now" }).click();
  await expect(page.getByRole("button", { name: "Scanning" })).toBeVisible();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.getByRole("button", { name: "Scan now" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  const detail = await getCluster(request, fleet.big);
  expect(detail.type === "scanned" ? detail.overview.cluster.lastScan?.sequence : 0).toBe((before ?? 0) + 1);
});

test("the printed role reads no Secrets and writes nothing", async ({ page }) => {
  await page.goto("/settings");
  const role = page.getByRole("group", { name: "ClusterRole" });
  await expect(role).toContainText("kind: ClusterRole");
  const text = await role.innerText();
  expect(text).not.toMatch(/^\s*-\s*"?secrets"?\s*$/m);
  for (const verb of ["create", "update", "patch", "delete"])
    expect(text).not.toMatch(new RegExp(`verbs:.*\\b${verb}\\b`));
  await expect(page.getByRole("region", { name: "This Kordon" })).toContainText("Running");
});
