import { expect, test } from "#e2e/support/journey.ts";

test("a subject's page goes from the verdict to the binding and the rule that prove it", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access/${encodeURIComponent("ServiceAccount:ci/deployer")}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("ci/deployer");
  const further = page.getByRole("region", { name: "How it gets further" });
  await expect(
    further
      .getByRole("list", { name: /^Proof:/ })
      .getByRole("listitem")
      .first(),
  ).toContainText("deployer");
  const needs = further.getByText("What it needs, and who gives it").locator("..");
  await expect(needs).toContainText("bind");
  await expect(needs).toContainText(/rules\[\d+\]/);
  await needs.getByRole("link").first().click();
  await expect(page).toHaveURL(/tab=bindings/);
  await expect(page.getByRole("dialog")).toContainText("deployer");
});

test("effective permissions are filtered, and each opens its grants", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access/${encodeURIComponent("ServiceAccount:ci/deployer")}`);
  const card = page.getByRole("region", { name: "Effective permissions" });
  await card.getByRole("searchbox").fill("clusterroles");
  const rows = card.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText("clusterroles");
  await expect(page).toHaveURL(/clusterroles/);
  await rows
    .nth(1)
    .getByRole("button", { name: /^Open why it may/ })
    .click();
  const panel = page.getByRole("dialog");
  await expect(panel).toContainText("ClusterRoleBinding");
  await expect(panel).toContainText(/rules\[\d+\]/);
});

test("another way further is chosen by its name and stands in the URL", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access/${encodeURIComponent("Group:team-platform")}`);
  const further = page.getByRole("region", { name: "How it gets further" });
  const ways = further.getByRole("button", { pressed: false });
  await expect(ways).not.toHaveCount(0);
  await ways.first().click();
  await expect(page).toHaveURL(/way=[A-Z_]+/);
  await expect(further.getByRole("button", { pressed: true })).toHaveCount(1);
});

test("who runs as it and who is in it is said", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access/${encodeURIComponent("ServiceAccount:monitoring/node-agent")}`);
  await expect(page.getByRole("link", { name: /^Pods/ })).toContainText("39");
  await expect(page.getByRole("region", { name: "Groups it is in" })).toContainText(
    "system:serviceaccounts:monitoring",
  );
});

test("what Kubernetes gives by default is proven, but not marked as to be changed", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access/${encodeURIComponent("Group:system:masters")}`);
  const further = page.getByRole("region", { name: "How it gets further" });
  await expect(further).toContainText("May do everything to every object in the cluster");
  await expect(further).toContainText("the API server puts back");
  await expect(further.getByText("change this")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "How it takes over" })).toContainText("Is a member of system:masters");
});
