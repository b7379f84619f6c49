import { expect, test } from "#e2e/support/journey.ts";

test("a risk is reached, opened and left without a mouse", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/\/access$/);
  const rows = page.getByRole("table", { name: "Subjects" }).getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog");
  await expect(panel).toContainText("deployer");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Filter by name" })).toBeFocused();
  await page.keyboard.type("promoter");
  await expect(rows).toHaveCount(2);
});

test("the list of keys opens with a question mark and goes home with g h", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await expect(help).toContainText("Search or ask");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(page).toHaveURL(/\/$/);
});

test("sorting works from the keyboard, and the focus comes back from a panel", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access`);
  const sort = page.getByRole("columnheader", { name: "Pods" }).getByRole("button");
  await sort.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=pods/);
  await expect(sort).toBeFocused();
  const open = page.getByRole("button", { name: /^Open ServiceAccount:monitoring\/node-agent/ });
  await open.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(open).toBeFocused();
});
