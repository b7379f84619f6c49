import { accessibilityProblems, expect, settled, sidewaysScroll, test } from "#e2e/support/journey.ts";
import type { Page } from "@playwright/test";

const ADMIN = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: new-admin
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
  - kind: ServiceAccount
    name: api
    namespace: checkout
`;
const BROKEN = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: [x\n";

const whatIf = (clusterId: string, query = "") => `/clusters/${clusterId}/access?tab=what-if${query}`;
const editor = (page: Page) => page.getByRole("textbox", { name: "YAML or JSON" });
const title = (page: Page) => page.getByRole("heading", { level: 1 });
const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("a binding to cluster-admin appears with its path, its permissions and links to who gains", async ({
  page,
  fleet,
}) => {
  await page.goto(whatIf(fleet.messy));
  await expect(page.getByText("Nothing is written to the cluster")).toBeVisible();
  await expect(page.getByRole("button", { name: "Compare" })).toBeDisabled();
  await editor(page).fill(ADMIN);
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(title(page)).toContainText("2 subjects could take over the cluster that cannot now");
  await expect(card(page, "What you change").getByRole("listitem")).toHaveText(
    /created.*ClusterRoleBinding.*new-admin/,
  );
  const appear = card(page, "Ways that appear");
  await expect(appear).toContainText("Takes over the cluster");
  await expect(appear).toContainText("appears for 2 subjects");
  await expect(appear.getByRole("list", { name: "Steps of path 1" })).toContainText("CLUSTER_ADMIN");
  await appear.getByRole("button", { name: /path 1/ }).click();
  await expect(appear.getByRole("list", { name: "Steps of path 1" })).toBeHidden();
  await expect(card(page, "Ways that vanish")).toContainText("Everybody still reaches");
  const table = page.getByRole("table", { name: "Permissions that appear or vanish" });
  await expect(table.getByRole("row", { name: /appears.*checkout\/api.*whole cluster.*\* of \*/ })).toBeVisible();
  await appear.getByRole("link", { name: "checkout/api", exact: true }).click();
  await expect(page).toHaveURL(/ServiceAccount%3Acheckout%2Fapi\?to=cluster-admin/);
});

test("what only the change makes known is named, not linked", async ({ page, fleet }) => {
  await page.goto(whatIf(fleet.messy));
  await editor(page).fill(`${ADMIN}  - kind: Group\n    name: newcomers\n    apiGroup: rbac.authorization.k8s.io\n`);
  await page.getByRole("button", { name: "Compare" }).click();
  const appear = card(page, "Ways that appear");
  await expect(appear).toContainText("newcomers");
  await expect(appear).toContainText("new-admin");
  await expect(appear.getByRole("link", { name: "checkout/api", exact: true }).first()).toBeVisible();
  await expect(appear.getByRole("link", { name: /newcomers|new-admin/ })).toHaveCount(0);
  await expect(page.getByRole("table", { name: /Permissions/ }).getByRole("link", { name: "newcomers" })).toHaveCount(
    0,
  );
});

test("what is taken away stands in the URL, is compared at once, and what is no object is left out visibly", async ({
  page,
  fleet,
}) => {
  await page.goto(whatIf(fleet.messy, "&remove=ClusterRoleBinding%2Fci-deployer&remove=Pod%2Fx%E2%80%AE"));
  await expect(title(page)).toContainText("1 subject could no longer take over the cluster");
  const vanish = card(page, "Ways that vanish");
  await expect(vanish.getByRole("link", { name: "ci/deployer", exact: true })).toBeVisible();
  await expect(vanish.getByRole("list", { name: "Steps of path 1" })).toContainText("BIND_CLUSTER_ROLE");
  const away = card(page, "Taken away");
  await expect(away).toContainText("Part of the address was not understood");
  await expect(away).toContainText("U+202E");
  await away.getByRole("button", { name: "Keep ClusterRoleBinding ci-deployer" }).click();
  await expect(page).not.toHaveURL(/remove=ClusterRoleBinding/);
  await expect(page.getByText("This comparison is old")).toBeVisible();
});

test("an object to take away is found by its name", async ({ page, fleet }) => {
  await page.goto(whatIf(fleet.messy));
  const field = page.getByRole("combobox", { name: "Role, binding or service account" });
  await field.fill("nothing-like-it");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Take away" }).click();
  await expect(card(page, "Taken away")).toContainText("Choose one from the list");
  await field.fill("ci-deployer");
  await page.getByRole("option", { name: "ClusterRoleBinding/ci-deployer" }).click();
  await field.press("Enter");
  await expect(page).toHaveURL(/remove=ClusterRoleBinding(\/|%2F)ci-deployer/);
  await expect(page.getByRole("list", { name: "Objects taken away" })).toContainText("ci-deployer");
  await page.keyboard.press("Control+Enter");
  await expect(title(page)).toContainText("1 subject could no longer take over the cluster");
});

test("broken text is refused with its line, kept, and kept over a reload", async ({ page, fleet, expectProblem }) => {
  expectProblem(/status of 400/);
  await page.goto(whatIf(fleet.messy));
  await editor(page).fill(BROKEN);
  await editor(page).press("Control+Enter");
  await expect(title(page)).toHaveText("This could not be compared");
  await expect(editor(page)).toHaveAccessibleDescription(/line \d+, column \d+.*not valid YAML/);
  await expect(editor(page)).toHaveValue(BROKEN);
  await page.getByRole("button", { name: /^Show line/ }).click();
  await expect(editor(page)).toBeFocused();
  await page.reload();
  await expect(editor(page)).toHaveValue(BROKEN);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.reload();
  await expect(editor(page)).toHaveValue("");
});

test("what the API server would refuse is told with document and field", async ({ page, fleet, expectProblem }) => {
  expectProblem(/status of 400/);
  await page.goto(whatIf(fleet.messy));
  await editor(page).fill(`${ADMIN}---\n${ADMIN.replace("kind: ServiceAccount", "kind: Robot")}`);
  await editor(page).press("Control+Enter");
  await expect(editor(page)).toHaveAccessibleDescription(/document 2: subjects\[0\].*The API server would not take/);
});

test("by keyboard alone: an example, Ctrl+Enter, and an old answer says that it is old", async ({ page, fleet }) => {
  await page.goto(whatIf(fleet.messy));
  await page.getByRole("button", { name: "Read pods in one namespace" }).press("Enter");
  await expect(editor(page)).toHaveValue(/kind: Role\n/);
  await editor(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect(title(page)).toContainText("permission");
  await expect(card(page, "What you change").getByRole("listitem")).toHaveCount(2);
  await editor(page).press("End");
  await page.keyboard.type("# ");
  await expect(page.getByText("This comparison is old")).toBeVisible();
  await page.getByRole("button", { name: "Compare again" }).press("Enter");
  await expect(page.getByText("This comparison is old")).toBeHidden();
});

test("files are opened, and follow what is there as further documents", async ({ page, fleet }) => {
  await page.goto(whatIf(fleet.messy));
  const file = (name: string, text: string) => ({ name, mimeType: "application/yaml", buffer: Buffer.from(text) });
  const second = ADMIN.replace("new-admin", "second");
  await page.getByLabel("Manifest files").setInputFiles([file("a.yaml", ADMIN), file("b.yaml", second)]);
  await expect(editor(page)).toHaveValue(`${ADMIN}---\n${second}`);
  await page.getByLabel("Manifest files").setInputFiles(file("large.json", "x".repeat(1_000_001)));
  await expect(page.getByText("large.json is larger than 1 MB")).toBeVisible();
  await expect(editor(page)).toHaveValue(`${ADMIN}---\n${second}`);
});

test("a text that is too long is refused as a whole, not cut", async ({ page, fleet }) => {
  await page.goto(whatIf(fleet.messy));
  await editor(page).fill(`${ADMIN}# ${"x".repeat(1_000_000)}`);
  await expect(editor(page)).toHaveAccessibleDescription(/longer than 1,000,000 characters/);
  await expect(page.getByRole("button", { name: "Compare" })).toBeDisabled();
});

test("nothing changes where nothing is there", async ({ page, fleet }) => {
  await page.goto(whatIf(fleet.hardened, "&remove=RoleBinding%2Fno%2Fthere"));
  await expect(title(page)).toHaveText("Nobody's permissions change");
  await expect(card(page, "What you change")).toContainText("not found");
  await expect(page.getByText("Nobody's access changes")).toBeVisible();
});

test("panels of bindings and roles and the smallest cut lead to it", async ({ page, fleet }) => {
  await page.goto(`/clusters/${fleet.messy}/access?tab=bindings&open=ClusterRoleBinding%3A%2Fci-deployer`);
  await page.getByRole("dialog").getByRole("link", { name: "Try without it" }).click();
  await expect(page).toHaveURL(/tab=what-if&remove=ClusterRoleBinding/);
  await expect(title(page)).toContainText("1 subject could no longer take over the cluster");
  await page.goto(`/clusters/${fleet.messy}/access?tab=roles&open=ClusterRole%3A%2Fci-deployer`);
  await page.getByRole("dialog").getByRole("link", { name: "Try without it" }).click();
  await expect(page).toHaveURL(/remove=ClusterRole%2Fci-deployer/);
  await expect(title(page)).toContainText("could no longer take over the cluster");
  await page.goto(`/clusters/${fleet.messy}/access/ServiceAccount%3Aci%2Fdeployer`);
  await page.getByRole("link", { name: "See what changes" }).click();
  await expect(title(page)).toContainText("1 subject could no longer take over the cluster");
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} mode`, () => {
    test.use({ colorScheme });
    test("the answer and the error break no rule of accessibility", async ({ page, fleet, expectProblem }) => {
      expectProblem(/status of 400/);
      await page.goto(whatIf(fleet.messy));
      await editor(page).fill(ADMIN);
      await editor(page).press("Control+Enter");
      await expect(card(page, "Ways that appear")).toBeVisible();
      await editor(page).fill(BROKEN);
      expect(await accessibilityProblems(page)).toEqual([]);
      await editor(page).press("Control+Enter");
      await expect(title(page)).toHaveText("This could not be compared");
      expect(await accessibilityProblems(page)).toEqual([]);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });
  test("the answer never scrolls sideways, and its tab is seen", async ({ page, fleet }) => {
    await page.goto(whatIf(fleet.messy, "&remove=ClusterRoleBinding%2Fci-deployer"));
    await expect(card(page, "Ways that vanish")).toBeVisible();
    await settled(page);
    expect(await sidewaysScroll(page)).toBe(0);
    await expect(page.getByRole("link", { name: "What if", exact: true })).toBeInViewport({ ratio: 0.9 });
  });
});
