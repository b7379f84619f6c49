import { expect, test } from "#e2e/support/journey.ts";

test("the overview says what to change first, and every number leads to its list", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access`);
  const views = page.getByRole("navigation", { name: "Views of access" });
  await views.getByRole("link", { name: "Overview" }).click();
  await expect(page).toHaveURL(/tab=overview/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/\d+ subjects reach cluster-admin/);

  const first = page.getByRole("region", { name: "Bindings to remove first" });
  const deployer = first.getByRole("listitem").filter({ hasText: "ci-deployer" });
  await expect(deployer).toContainText("stops 1 of");
  await expect(first).toContainText(/All \d+ bindings that stand alone on a shortest way were tried/);
  const reaching = first.getByRole("link", { name: /subjects can reach cluster-admin/ });
  const count = /\d+/.exec(await reaching.innerText())?.[0] ?? "none";

  await deployer.getByRole("link", { name: "stops 1 of" }).click();
  await expect(page).toHaveURL(/without=/);
  const rows = page.getByRole("table", { name: "Subjects" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("deployer");

  await page.goBack();
  await expect(page).toHaveURL(/tab=overview/);
  await reaching.click();
  await expect(page.getByRole("navigation", { name: "Pages of subjects" })).toContainText(`of ${count} subjects`);
  await page.getByRole("button", { name: "reach cluster-admin" }).click();
  await expect(page).not.toHaveURL(/reaches=/);
});

test("a binding of the overview opens its detail", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?tab=overview`);
  const first = page.getByRole("region", { name: "Bindings to remove first" });
  await first.getByRole("link", { name: "ci-deployer" }).first().click();
  await expect(page).toHaveURL(/tab=bindings.*open=ClusterRoleBinding/);
  await expect(page.getByRole("dialog", { name: /ci-deployer/ })).toBeVisible();
});

test("grants to everybody, default accounts, loose ends and makers are told", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?tab=overview`);
  const grants = page.getByRole("region", { name: "Granted to everybody" });
  await expect(grants).toContainText("system:authenticated");
  await expect(grants.getByRole("link", { name: /\d+ accounts/ })).toBeVisible();
  const accounts = page.getByRole("region", { name: "Default accounts with rights of their own" });
  await expect(accounts.getByRole("listitem").first()).toContainText("sandbox/default");

  const ends = page.getByRole("region", { name: "Loose ends" });
  await ends.getByRole("link", { name: "5 bindings name an account that does not exist" }).click();
  await expect(page).toHaveURL(/problem=missing-subject/);
  await expect(page.getByRole("table", { name: "Bindings" }).getByRole("row")).toHaveCount(6);
  await page.goBack();

  const makers = page.getByRole("region", { name: "Who made the roles" });
  const calico = makers.getByRole("row", { name: /Calico/ });
  await calico.getByRole("link", { name: "1" }).click();
  await expect(page).toHaveURL(/from=calico/);
  await expect(page.getByRole("combobox", { name: "Made by" })).toHaveValue("calico");
  await expect(page.getByRole("table", { name: "Roles" }).getByRole("row")).toHaveCount(2);
});

test("what was not read is said, and never a pass", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?tab=overview`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("as far as could be read");
  const ends = page.getByRole("region", { name: "Loose ends" });
  await expect(ends.getByRole("listitem").filter({ hasText: "names nobody" })).toContainText("Not known");
  await ends.getByRole("button", { name: /not read/ }).click();
  const gap = page.getByRole("listitem").filter({ hasText: "rolebindings in fraud" });
  await expect(gap).toContainText("this credential may not list it");
});

test("a hardened cluster has nothing to change first", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.hardened}/access?tab=overview`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "No known way leads to cluster-admin beyond Kubernetes' own components",
  );
  await expect(page.getByRole("region", { name: "Granted to everybody" })).toContainText("Only what Kubernetes itself");
});

test("the overview is worked with the keyboard alone", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?tab=overview`);
  const first = page.getByRole("region", { name: "Bindings to remove first" });
  await first
    .getByRole("link", { name: /^stops 1 of/ })
    .first()
    .focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});
