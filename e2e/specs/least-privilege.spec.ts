import { gzipSync } from "node:zlib";
import { asFile, deployerLog } from "#e2e/support/audit-log.ts";
import { accessibilityProblems, expect, settled, sidewaysScroll, test } from "#e2e/support/journey.ts";
import type { Page } from "@playwright/test";

const DEPLOYER = "ServiceAccount:ci/deployer";

async function openCard(page: Page, clusterId: string, query = "") {
  await page.goto(`/clusters/${clusterId}/access/${encodeURIComponent(DEPLOYER)}${query}`);
  const card = page.getByRole("region", { name: "Least privilege", exact: true });
  await expect(card).toContainText("never uploaded");
  await settled(page);
  return card;
}

function choose(page: Page, name: string, text: string | Buffer) {
  return page.getByLabel("Audit log", { exact: true }).setInputFiles(asFile(name, text));
}

test("a log gives roles for what was used, and what of the present rules was not", async ({ page, fleet }) => {
  const card = await openCard(page, fleet.messy);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.postData() ?? "");
  });
  await choose(page, "audit.log", deployerLog());
  await expect(card).toContainText(/ci\/deployer uses 4 of the \d+ rights that it holds/);
  await expect(card).toContainText("The log covers 10 days");
  const yaml = card.getByRole("group", { name: "YAML of the roles" });
  await expect(yaml).toContainText("namespace: checkout");
  await expect(yaml).toContainText("resourceNames: [api, web]");
  await expect(yaml).not.toContainText("clusterrolebindings");
  const held = card.getByRole("region", { name: "What it holds now" });
  await held.getByRole("button", { name: /^Partly used/ }).click();
  await expect(page).toHaveURL(/use=partly/);
  await expect(held.getByRole("listitem").first()).toContainText(
    "only get, patch and watch of deployments.apps in checkout",
  );
  await card.getByText("Asked for and refused").click();
  await expect(card.getByText("list secrets in kube-system")).toBeVisible();
  await card.getByText("Used, and not allowed any more").click();
  await expect(card.getByText("delete services in checkout named old")).toBeVisible();
  // Only this subject's different requests left the browser, not the log.
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain('"resource":"deployments"');
  expect(sent[0]).not.toContain("auditID");
});

test("the choices stand in the URL, and the YAML is saved as a file", async ({ page, fleet }) => {
  const card = await openCard(page, fleet.messy, "?names=any");
  await choose(page, "audit.log.gz", gzipSync(deployerLog()));
  const yaml = card.getByRole("group", { name: "YAML of the roles" });
  await expect(yaml).toContainText("kind: Role");
  await expect(yaml).not.toContainText("resourceNames");
  const cluster = card.getByRole("button", { name: "One ClusterRole" });
  await cluster.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/roles=cluster/);
  await expect(yaml).toContainText("kind: ClusterRoleBinding");
  await expect(card).toContainText("One ClusterRole grants in every namespace");
  const download = page.waitForEvent("download");
  await card.getByRole("button", { name: "YAML", exact: true }).click();
  expect((await download).suggestedFilename()).toBe("least-privilege-ci-deployer.yaml");
  await card.getByRole("button", { name: "Close the log" }).click();
  await expect(card).toContainText("Drop an audit log");
  await expect(page).toHaveURL(/roles=cluster/);
});

test("another file, a log of others and broken lines are told apart", async ({ page, fleet }) => {
  const card = await openCard(page, fleet.messy);
  await choose(page, "notes.txt", "hello\nworld\n");
  await expect(card.getByRole("status")).toContainText("This is no audit log");
  await choose(page, "list.json", JSON.stringify([1, 2], null, 2));
  await expect(card.getByRole("status")).toContainText("JSON over several lines");
  await choose(page, "others.log", deployerLog().replaceAll("ci:deployer", "ci:somebody"));
  await expect(card).toContainText("The log holds no request of this subject");
  await choose(page, "torn.log", `${deployerLog()}{"kind":"Event"\n<script>alert(1)</script>\n`);
  await expect(card).toContainText("2 lines could not be read");
  await expect(card).toContainText("Line 100: not JSON");
  await expect(card).toContainText("uses 4 of");
});

test("a large log is read with progress while the page goes on, and reading can be cancelled", async ({
  page,
  fleet,
}) => {
  const card = await openCard(page, fleet.messy);
  // Large enough to be seen: packed well, so that it is quickly handed over.
  const large = gzipSync(deployerLog().repeat(8000));
  await choose(page, "large.log.gz", large);
  await expect(card.getByRole("progressbar")).toHaveAccessibleName(/^Reading large.log.gz: [\d,]+ events$/);
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(card.getByRole("progressbar")).toHaveCount(0);
  await expect(card).toContainText("Drop an audit log");
});

test("a file is dropped on the card", async ({ page, fleet }) => {
  const card = await openCard(page, fleet.messy);
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.log"));
    return data;
  }, deployerLog());
  await card.getByText("Drop an audit log").dispatchEvent("drop", { dataTransfer: transfer });
  await expect(card).toContainText("dropped.log");
  await expect(card).toContainText("uses 4 of");
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} mode`, () => {
    test.use({ colorScheme });
    test("the answer breaks no rule of accessibility", async ({ page, fleet }) => {
      const card = await openCard(page, fleet.messy);
      await choose(page, "audit.log", `${deployerLog()}torn\n`);
      await expect(card).toContainText("uses 4 of");
      for (const summary of await card.locator("summary").all()) await summary.click();
      expect(await accessibilityProblems(page)).toEqual([]);
      await choose(page, "notes.txt", "hello\n");
      await expect(card.getByRole("status")).toContainText("This is no audit log");
      expect(await accessibilityProblems(page)).toEqual([]);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });
  test("the answer never scrolls sideways", async ({ page, fleet }) => {
    const card = await openCard(page, fleet.messy);
    expect(await sidewaysScroll(page)).toBe(0);
    await choose(page, "a-log-with-quite-a-long-name-that-goes-on-and-on.log", deployerLog());
    await expect(card).toContainText("uses 4 of");
    expect(await sidewaysScroll(page)).toBe(0);
  });
});
