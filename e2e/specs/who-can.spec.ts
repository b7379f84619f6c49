import { expect, test } from "#e2e/support/journey.ts";

test("the form asks, the answer names every subject with its grant, and the URL holds the question", async ({
  page,
  fleet,
}) => {
  await page.goto(`/clusters/${fleet.messy}/access?tab=who-can`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ask who can do something");
  await page.getByRole("combobox", { name: "Verb" }).fill("bind");
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Resource or /path" }).fill("clusterroles.rbac.authorization.k8s.io");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page).toHaveURL(/verb=bind.*resource=clusterroles/);
  const table = page.getByRole("table", { name: "Subjects that can" });
  await expect(table).toContainText("deployer");
  await expect(table).toContainText(/rules\[\d+\]/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("bind");
  await page.reload();
  await expect(table).toContainText("deployer");
  await expect(page.getByRole("combobox", { name: "Verb" })).toHaveValue("bind");
  await page.getByRole("button", { name: /^Open the proof for ServiceAccount:ci\/deployer/ }).click();
  await expect(page.getByRole("dialog")).toContainText("ci");
});

test("a question that nobody may answer yes to says that, and an unknown resource is remarked on", async ({
  page,
  fleet,
}) => {
  await page.goto(`/clusters/${fleet.messy}/access?tab=who-can&verb=get&resource=no-such-things`);
  await expect(page.getByText(/no-such-things/).first()).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Working it out");
});

test("examples and the back button walk through questions", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?tab=who-can`);
  await page.getByRole("link", { name: "read secrets" }).click();
  await expect(page).toHaveURL(/resource=secrets/);
  await page.getByRole("link", { name: "create pods" }).click();
  await expect(page).toHaveURL(/resource=pods/);
  await expect(page.getByRole("combobox", { name: "Verb" })).toHaveValue("create");
  await page.goBack();
  await expect(page).toHaveURL(/resource=secrets/);
  await expect(page.getByRole("combobox", { name: "Verb" })).toHaveValue("get");
});

test("the palette understands a question and goes to its answer", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or ask" });
  await palette.getByRole("combobox", { name: "Search or ask" }).fill("who can get secrets in payments");
  const answer = palette.getByRole("option").first();
  await expect(answer).toContainText(/secrets/);
  await expect(answer).toContainText(/\d+ service accounts/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tab=who-can/);
  await expect(page).toHaveURL(/namespace=payments/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("secrets");
  await expect(page.getByRole("table", { name: "Subjects that can" })).toBeVisible();
});

test("the palette finds objects and pages, and closes with Escape", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or ask" });
  const field = palette.getByRole("combobox", { name: "Search or ask" });
  await field.fill("deployer");
  await expect(palette.getByRole("option", { name: /ServiceAccount.*deployer/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  await page.keyboard.press("Control+k");
  await field.fill("settings");
  // Before the answer is there: what is still shown belongs to the text before.
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings$/);
});
