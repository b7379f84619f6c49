import { expect, test } from "#e2e/support/journey.ts";

const NOT_FOUND = /404/;

test("an unknown cluster, an odd id and an unknown page say that there is nothing", async ({ page, expectProblem }) => {
  expectProblem(NOT_FOUND);
  for (const path of ["/clusters/00000000-0000-7000-8000-000000000000", "/clusters/..%2f..%2fetc", "/no-such-page"]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByText("There is nothing at this address")).toBeVisible();
    await page.getByRole("link", { name: "All clusters" }).click();
    await expect(page).toHaveURL(/\/$/);
  }
});

test("an unknown subject is said, not shown as one without rights", async ({ page, fleet, expectProblem }) => {
  expectProblem(NOT_FOUND);
  for (const id of ["ServiceAccount:ci/nobody-here", "User:nobody-here", "nonsense"]) {
    // The page streams, so its status is sent before it is known that there is nothing.
    await page.goto(`/clusters/${fleet.messy}/access/${encodeURIComponent(id)}`);
    await expect(page.getByText("The newest scan knows no such subject")).toBeVisible();
    await expect(page.getByText("None known")).toHaveCount(0);
    await page.getByRole("link", { name: "All subjects" }).click();
    await expect(page).toHaveURL(new RegExp(`/clusters/${fleet.messy}/access`));
  }
});

test("a panel of something that is gone says so and can be closed", async ({ page, fleet, expectProblem }) => {
  expectProblem(NOT_FOUND);
  await page.goto(`/clusters/${fleet.messy}/access?open=ServiceAccount%3Aci%2Fgone`);
  const panel = page.getByRole("dialog");
  await expect(panel.getByRole("alert")).toContainText("This subject could not be loaded");
  await panel.getByRole("button", { name: "Close panel" }).click();
  await expect(panel).toBeHidden();
});
