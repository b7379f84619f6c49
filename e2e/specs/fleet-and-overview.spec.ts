import { expect, test } from "#e2e/support/journey.ts";

test("the fleet names every cluster, worst first, with its reason, and leads to the risk", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/2 of 3 clusters can be taken over/);
  const rows = page.getByRole("table", { name: "Clusters, worst first" }).getByRole("row");
  await expect(rows).toHaveCount(4); // with the head
  await expect(rows.last()).toContainText("harbor-prod");
  const messy = rows.filter({ hasText: "bazaar-staging" });
  await expect(messy).toContainText("Critical");
  await expect(messy).toContainText("v1.34.9");
  await messy.getByRole("link", { name: "bazaar-staging" }).click();
  await expect(page).toHaveURL(/\/clusters\/[a-z0-9-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/32 subjects can take over the cluster/);
});

test("the overview tells each top risk as a sentence with its proof and links to the subject", async ({
  page,
  fleet,
}) => {
  await page.goto(`/clusters/${fleet.messy}`);
  const risks = page.getByRole("region", { name: "Top risks" });
  const sentence = /ci\/deployer can grant itself any role/;
  const proof = risks.getByRole("list", { name: sentence }).getByRole("listitem");
  await expect(proof.first()).toContainText("ci/deployer");
  await expect(proof.filter({ hasText: "change this" })).toHaveCount(1);
  await expect(page.getByRole("region", { name: "Topics" })).toContainText("Access");
  await expect(page.getByRole("region", { name: "What this rests on" })).toContainText("kinds read");
  await risks.getByRole("link", { name: sentence }).click();
  await expect(page).toHaveURL(/\/access\/ServiceAccount%3Aci%2Fdeployer$/);
});

test("topics that Kordon does not answer yet never look like a pass", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.hardened}`);
  const later = page.getByText("Not looked at by this version").locator("..");
  await expect(later).toContainText("Network");
  await expect(later).not.toContainText("Pass");
});

test("what was not read has a reason in words, and no number", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}`);
  const rests = page.getByRole("region", { name: "What this rests on" });
  const missing = rests.getByRole("listitem").filter({ hasText: "in fraud" });
  await expect(missing).toContainText("this credential may not list it");
  await expect(missing).toContainText("not read");
  await expect(missing).not.toContainText("0");
});

test("a count of findings opens exactly these subjects", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}`);
  await page
    .getByRole("region", { name: "Top risks" })
    .getByRole("link", { name: /critical$/ })
    .click();
  await expect(page).toHaveURL(/severity=critical/);
  await expect(page.getByRole("navigation", { name: "Pages of subjects" })).toContainText("of 32 subjects");
});

test("the switcher goes from one cluster to another", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}`);
  await page
    .getByRole("banner")
    .getByRole("button", { name: /bazaar-staging/ })
    .click();
  await page
    .getByRole("link", { name: /harbor-prod/ })
    .or(page.getByRole("menuitem", { name: /harbor-prod/ }))
    .or(page.getByRole("option", { name: /harbor-prod/ }))
    .click();
  await expect(page).toHaveURL(new RegExp(fleet.hardened));
});
