import { expect, test } from "#e2e/support/journey.ts";

// Whatever a name starts - a dialog, a script, a forbidden request - is a problem that fails the journey by itself.

test("names from a cluster are text in lists, panels, search and questions", async ({ page, fleet }) => {
  const markup = "<img src=x onerror=alert(1)>";
  await page.goto(`/clusters/${fleet.messy}/access?search=onerror`);
  const table = page.getByRole("table", { name: "Subjects" });
  await expect(table.getByRole("link", { name: markup })).toBeVisible();
  await page.getByRole("button", { name: `Open Group:${markup}` }).click();
  await expect(page.getByRole("dialog").getByRole("heading", { name: markup })).toBeVisible();
  await page.getByRole("dialog").getByRole("link", { name: "Everything about it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(markup);
  await expect(page).toHaveTitle(/./);
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or ask" });
  await palette.getByRole("combobox").fill("onerror");
  await expect(palette.getByRole("option").first()).toContainText(markup);
  await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("characters that hide or turn text round are shown", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?search=mallory`);
  const row = page.getByRole("table", { name: "Subjects" }).getByRole("row").nth(1);
  await expect(row).toContainText("mallory⟨U+202E⟩nimda");
  await row.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("mallory⟨U+202E⟩nimda");
  expect(await page.title()).not.toContain("\u202E");
  await page.goto(`/clusters/${fleet.messy}/access?search=zero`);
  await expect(page.getByRole("table", { name: "Subjects" })).toContainText("zero⟨U+200B⟩width@example.com");
});

test("names of JavaScript properties are names like any other", async ({ page, fleet }) => {
  for (const id of ["Group:__proto__", "Group:constructor", "User:toString"]) {
    await page.goto(`/clusters/${fleet.messy}/access/${encodeURIComponent(id)}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(id.slice(id.indexOf(":") + 1));
    await expect(page.getByRole("region", { name: "Effective permissions" })).toContainText("get");
  }
  await page.goto(`/clusters/${fleet.messy}/access?tab=bindings&search=__proto__`);
  await page.getByRole("button", { name: "Open RoleBinding __proto__" }).click();
  await expect(page.getByRole("dialog")).toContainText("⟨U+202E⟩");
});

test("hostile text in the URL is text or nothing", async ({ page, fleet, expectProblem }) => {
  // The subject of the panel is not there.
  expectProblem(/404/);
  const hostile = encodeURIComponent(`"><script>alert(1)</script>\u202E`);
  await page.goto(`/clusters/${fleet.messy}/access?search=${hostile}&open=${hostile}`);
  await expect(page.getByRole("searchbox", { name: "Filter by name" })).toHaveValue(/<script>/);
  await expect(page.getByRole("dialog")).toContainText("<script>");
  await page.goto(`/clusters/${fleet.messy}/access?tab=who-can&verb=${hostile}&resource=${hostile}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("<script>");
  expect(await page.locator("main").innerText()).not.toContain("\u202E");
});
