import { expect, test } from "#e2e/support/journey.ts";

test("search, filters and sorting of the subjects stand in the URL and come back with it", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access`);
  const table = page.getByRole("table", { name: "Subjects" });
  const pages = page.getByRole("navigation", { name: "Pages of subjects" });
  await expect(pages).toContainText("1–50 of 361 subjects");
  await page.getByRole("searchbox", { name: "Filter by name" }).fill("deploy");
  await expect(page).toHaveURL(/search=deploy/);
  await expect(table.getByRole("row").nth(1)).toContainText("deployer");
  await page.getByRole("combobox", { name: "Kind" }).selectOption("ServiceAccount");
  await expect(page).toHaveURL(/kind=ServiceAccount/);
  await table.getByRole("columnheader", { name: "Subject" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(table.getByRole("columnheader", { name: "Subject" })).toHaveAttribute("aria-sort", "ascending");
  const rows = await table.getByRole("row").allInnerTexts();

  await page.goBack();
  await expect(page).not.toHaveURL(/sort=name/);
  await expect(table.getByRole("columnheader", { name: "Subject" })).not.toHaveAttribute("aria-sort", "ascending");
  await page.goForward();
  await expect(page).toHaveURL(/sort=name/);

  await page.reload();
  await expect(page.getByRole("searchbox", { name: "Filter by name" })).toHaveValue("deploy");
  await expect(page.getByRole("combobox", { name: "Kind" })).toHaveValue("ServiceAccount");
  await expect.poll(() => table.getByRole("row").allInnerTexts()).toEqual(rows);

  await page.goBack();
  await page.goBack();
  await expect(page).not.toHaveURL(/kind=/);
  await expect(page.getByRole("combobox", { name: "Kind" })).toHaveValue("");
  await expect(page.getByRole("searchbox", { name: "Filter by name" })).toHaveValue("deploy");
});

test("pages of a long list go forward and back, and a filter starts at the first", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.big}/access`);
  const pages = page.getByRole("navigation", { name: "Pages of subjects" });
  await expect(pages).toContainText(/1–50 of 5,\d{3} subjects/);
  await expect(pages.getByRole("button", { name: "Previous page" })).toBeDisabled();
  await pages.getByRole("button", { name: "Next page" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(pages).toContainText(/51–100 of 5,/);
  await page.goBack();
  await expect(pages).toContainText(/1–50 of 5,/);
  await page.goForward();
  await page
    .getByRole("group", { name: "Risk" })
    .getByRole("button", { name: /Medium/ })
    .click();
  await expect(page).toHaveURL(/severity=medium/);
  await expect(page).not.toHaveURL(/page=/);
});

test("nothing matching says so and can be undone", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?search=no-such-subject`);
  await expect(page.getByText(/None of (the )?361 subjects/)).toBeVisible();
  await page.getByRole("button", { name: /Clear/ }).click();
  await expect(page.getByRole("table", { name: "Subjects" }).getByRole("row")).toHaveCount(51);
});

test("a row opens its detail beside the list; the panel stands in the URL and closes with Escape", async ({
  page,
  fleet,
}) => {
  await page.goto(`/clusters/${fleet.messy}/access`);
  await page.getByRole("button", { name: "Open ServiceAccount:ci/deployer" }).click();
  const panel = page.getByRole("dialog", { name: /deployer/ });
  await expect(panel).toContainText("bind cluster roles");
  await expect(page).toHaveURL(/open=ServiceAccount/);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/open=/);
  await page.goBack();
  await expect(page.getByRole("dialog", { name: /deployer/ })).toBeVisible();
});

test("roles and bindings lead to each other", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access`);
  const views = page.getByRole("navigation", { name: "Views of access" });
  await views.getByRole("link", { name: "Roles" }).click();
  await expect(page).toHaveURL(/tab=roles/);
  await page.getByRole("searchbox", { name: "Filter by name" }).fill("cluster-admin");
  await page.getByRole("button", { name: /^Open ClusterRole cluster-admin/ }).click();
  await expect(page.getByRole("dialog")).toContainText("*");
  await page.keyboard.press("Escape");
  await views.getByRole("link", { name: "Bindings" }).click();
  await expect(page).toHaveURL(/tab=bindings$/);
  await page.getByRole("group", { name: "Problem" }).getByRole("button", { name: "Role missing" }).click();
  await expect(page).toHaveURL(/problem=missing-role/);
  const rows = page.getByRole("table", { name: "Bindings" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("does not exist");
});

test("a link that is followed while a filter is typed leads where it says", async ({ page, fleet }) => {
  const views = page.getByRole("navigation", { name: "Views of access" });
  const field = page.getByRole("searchbox", { name: "Filter by name" });
  for (const pause of [0, 60, 120, 180, 240]) {
    await page.goto(`/clusters/${fleet.messy}/access?tab=roles`);
    await field.pressSequentially("edit");
    await page.waitForTimeout(pause);
    await views.getByRole("link", { name: "Bindings" }).click();
    await expect(page.getByRole("table", { name: "Bindings" })).toBeVisible();
    await expect(page).toHaveURL(/tab=bindings$/);
    await expect(field).toHaveValue("");
  }
});

test("the CSV is the filtered list, with formulas made harmless", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?search=cmd`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const lines = Buffer.concat(chunks).toString("utf8").trim().split(/\r?\n/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("=cmd()");
  expect(lines[1]).not.toMatch(/(^|,)"?=cmd/); // guarded
});
