import type { DemoFleet } from "#e2e/support/journey.ts";
import { accessibilityProblems, expect, settled, sidewaysScroll, test } from "#e2e/support/journey.ts";

const PAGES: readonly { readonly name: string; readonly path: (fleet: DemoFleet) => string }[] = [
  { name: "fleet", path: () => "/" },
  { name: "overview", path: ({ messy }) => `/clusters/${messy}` },
  { name: "access overview", path: ({ messy }) => `/clusters/${messy}/access?tab=overview` },
  { name: "subjects", path: ({ messy }) => `/clusters/${messy}/access` },
  {
    name: "subjects with a panel",
    path: ({ messy }) => `/clusters/${messy}/access?open=ServiceAccount%3Aci%2Fdeployer`,
  },
  { name: "hostile names", path: ({ messy }) => `/clusters/${messy}/access?kind=Group` },
  { name: "who can", path: ({ messy }) => `/clusters/${messy}/access?tab=who-can&verb=get&resource=secrets` },
  { name: "roles", path: ({ messy }) => `/clusters/${messy}/access?tab=roles` },
  { name: "bindings", path: ({ messy }) => `/clusters/${messy}/access?tab=bindings` },
  { name: "what if", path: ({ messy }) => `/clusters/${messy}/access?tab=what-if` },
  {
    name: "what if something were removed",
    path: ({ messy }) => `/clusters/${messy}/access?tab=what-if&remove=ClusterRoleBinding%2Fci-deployer&remove=x`,
  },
  { name: "subject", path: ({ messy }) => `/clusters/${messy}/access/ServiceAccount%3Aci%2Fdeployer` },
  {
    name: "least privilege without a log",
    path: ({ big }) => `/clusters/${big}/access/Group%3Asystem%3Aauthenticated?names=any&roles=cluster&use=unused`,
  },
  {
    name: "paths as a drawing",
    path: ({ messy }) => `/clusters/${messy}/access/Group%3Ateam-tenants?view=drawing&path=2`,
  },
  { name: "a path that does not work", path: ({ messy }) => `/clusters/${messy}/access/Group%3Ateam-qa` },
  { name: "no path", path: ({ messy }) => `/clusters/${messy}/access/ServiceAccount%3Acheckout%2Fapi` },
  { name: "settings", path: () => "/settings" },
  { name: "adding a cluster", path: () => "/settings?add=paste" },
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} mode`, () => {
    test.use({ colorScheme });
    for (const { name, path } of PAGES) {
      test(`${name} breaks no rule of accessibility`, async ({ page, fleet }) => {
        await page.goto(path(fleet));
        expect(await accessibilityProblems(page)).toEqual([]);
      });
    }
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });
  for (const { name, path } of PAGES) {
    test(`${name} never scrolls sideways`, async ({ page, fleet }) => {
      await page.goto(path(fleet));
      await settled(page);
      expect(await sidewaysScroll(page)).toBe(0);
    });
  }

  test("the pages are behind a button", async ({ page, fleet }) => {
    await page.goto(`/clusters/${fleet.messy}`);
    await page.getByRole("button", { name: "Pages" }).click();
    await page
      .getByRole("dialog")
      .getByRole("link", { name: /^Access/ })
      .click();
    await expect(page).toHaveURL(/\/access$/);
    await expect(page.getByRole("dialog")).toBeHidden();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

test("the theme is chosen, kept, and there before the first paint", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const dark = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Light" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).not.toBe(dark);
});
