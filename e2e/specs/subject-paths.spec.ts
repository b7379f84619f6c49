import { accessibilityProblems, expect, settled, test } from "#e2e/support/journey.ts";

const subject = (cluster: string, id: string, query = "") =>
  `/clusters/${cluster}/access/${encodeURIComponent(id)}${query}`;

/** Every node and line with its place. Runs in the browser. */
function describeDrawing(drawing: Element): readonly string[] {
  return [...drawing.querySelectorAll("foreignObject, path")].map((part) =>
    [...["x", "y", "d"].map((name) => part.getAttribute(name) ?? ""), part.textContent].join(" "),
  );
}

test("the first path is open, every step with the right or fact that proves it", async ({ page, fleet }) => {
  await page.goto(subject(fleet.messy, "ServiceAccount:monitoring/node-agent"));
  const card = page.getByRole("region", { name: "How it takes over" });
  const steps = card.getByRole("list", { name: "Steps of path 1" }).getByRole("listitem");
  await expect(steps).toHaveCount(3);
  await expect(steps.first()).toContainText("get nodes/proxy");
  await expect(steps.first()).toContainText("change this");
  await expect(steps.nth(1)).toContainText(/is privileged/);
  await expect(card.getByRole("list", { name: /^Path 1:/ })).toContainText("the cluster");
  await steps.first().getByRole("link", { name: "node-agent" }).first().click();
  await expect(page).toHaveURL(/tab=bindings/);
  await expect(page.getByRole("dialog")).toContainText("node-agent");
});

test("another path is opened by the keyboard and stands in the URL", async ({ page, fleet }) => {
  await page.goto(subject(fleet.messy, "ServiceAccount:monitoring/node-agent"));
  const card = page.getByRole("region", { name: "How it takes over" });
  const second = card.getByRole("button", { name: /path 2/ });
  await expect(second).toHaveAttribute("aria-expanded", "false");
  await second.focus();
  await page.keyboard.press("Enter");
  await expect(second).toHaveAttribute("aria-expanded", "true");
  await expect(page).toHaveURL(/path=2/);
  await expect(card.getByRole("list", { name: "Steps of path 2" })).toBeVisible();
  await expect(card.getByRole("list", { name: "Steps of path 1" })).toBeHidden();
  await page.reload();
  await expect(card.getByRole("list", { name: "Steps of path 2" })).toBeVisible();
  await second.press("Enter");
  await expect(card.getByRole("list", { name: /^Steps of/ })).toHaveCount(0);
});

test("what stops it is a command, with what else it takes away", async ({ page, fleet }) => {
  await page.goto(subject(fleet.messy, "Group:team-tenants"));
  const card = page.getByRole("region", { name: "What stops it" });
  await expect(card).toContainText("kubectl delete rolebinding developers -n tenants");
  await expect(card).toContainText("for 1 subject no known way is left that takes over the cluster");
  await card.getByText(/^Takes \d+ rules from 1 subject$/).click();
  await expect(card).toContainText("create of pods/eviction");
});

test("a target is chosen, and back leads to the one before", async ({ page, fleet }) => {
  await page.goto(subject(fleet.messy, "ServiceAccount:ci/deployer"));
  const targets = page.getByRole("group", { name: "Target" });
  await expect(targets.getByRole("button", { pressed: true })).toHaveText(/Takes over the cluster/);
  await targets.getByRole("button", { name: /secrets of kube-system/ }).click();
  await expect(page).toHaveURL(/to=kube-system-secrets/);
  await expect(page.getByRole("region", { name: "What stops it" })).toContainText("reads secrets of kube-system");
  await page.goBack();
  await expect(targets.getByRole("button", { pressed: true })).toHaveText(/Takes over the cluster/);
});

test("who can become it leads to that subject", async ({ page, fleet }) => {
  await page.goto(subject(fleet.messy, "Group:team-tenants"));
  const card = page.getByRole("region", { name: "Who can become it" });
  const first = card.getByRole("listitem").first();
  await expect(first).toContainText("support-tool");
  await expect(first).toContainText("may act as a member of any group");
  await card.getByRole("button", { name: /^Show \d+ more$/ }).click();
  await expect(card.getByRole("link")).toHaveCount(20);
  await first.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("support-desk/support-tool");
});

test("what only lacks something is shown as not active", async ({ page, fleet }) => {
  await page.goto(subject(fleet.messy, "Group:team-qa"));
  const card = page.getByRole("region", { name: "How it takes over" });
  await expect(card).toContainText("No known way to the cluster works now");
  await expect(card.getByRole("button", { name: /Not active, path/ })).toHaveCount(1);
  await expect(card).toContainText(
    "Would work if this were no longer so: namespace qa enforces the Pod Security level baseline",
  );
  await expect(page.getByRole("region", { name: "What stops it" })).toHaveCount(0);
});

test("nothing found is not known while something could not be read", async ({ page, fleet }) => {
  await page.goto(subject(fleet.messy, "ServiceAccount:checkout/api"));
  await expect(page.getByRole("region", { name: "How it takes over" })).toContainText("Not known");
  await page.goto(subject(fleet.hardened, "ServiceAccount:kube-system/cilium"));
  await expect(page.getByRole("region", { name: "How it takes over" })).toContainText("No way to the cluster is known");
});

test("a target that is none is said, with the way back", async ({ page, fleet, expectProblem }) => {
  expectProblem(/status of 400/);
  await page.goto(subject(fleet.messy, "ServiceAccount:ci/deployer", "?to=moon"));
  const card = page.getByRole("region", { name: "How it takes over" });
  await expect(card).toContainText("The paths could not be loaded");
  await expect(card).toContainText("Targets are cluster-admin");
  await card.getByRole("button", { name: "Show the worst that it reaches" }).click();
  await expect(card.getByRole("list", { name: "Steps of path 1" })).toBeVisible();
});

test.describe("the drawing", () => {
  test("shows the same paths in lanes, equal after a reload, and opens what it shows", async ({ page, fleet }) => {
    await page.goto(subject(fleet.messy, "ServiceAccount:ci/deployer"));
    const card = page.getByRole("region", { name: "How it takes over" });
    await card.getByRole("button", { name: "Drawing" }).click();
    await expect(page).toHaveURL(/view=drawing/);
    const drawing = card.getByRole("group", { name: "Lanes from the subject to the target" });
    for (const lane of ["Subject", "Binding", "Role", "Target"])
      await expect(drawing.getByText(lane, { exact: true })).toBeVisible();
    await expect(drawing.getByRole("link", { name: /ClusterRoleBinding\s*ci-deployer\s*change this/ })).toBeVisible();
    const before = await drawing.evaluate(describeDrawing);
    await page.reload();
    await settled(page);
    expect(await drawing.evaluate(describeDrawing)).toEqual(before);
    expect(await accessibilityProblems(page)).toEqual([]);
    await drawing.getByRole("link", { name: /^ClusterRoleBinding\s*ci-deployer/ }).press("Enter");
    await expect(page.getByRole("dialog")).toContainText("ci-deployer");
  });

  test("highlights the chosen path, and opens bundles in place", async ({ page, fleet }) => {
    await page.goto(subject(fleet.messy, "ServiceAccount:ci/deployer", "?view=drawing"));
    const card = page.getByRole("region", { name: "How it takes over" });
    await card.getByRole("button", { name: /^Path 2/ }).click();
    await expect(page).toHaveURL(/path=2/);
    await expect(card.getByRole("button", { name: /^Path 2/ })).toHaveAttribute("aria-pressed", "true");
    const bundle = card.getByRole("button", { name: /more: Further namespaces/ }).first();
    await bundle.press("Enter");
    await expect(page.getByRole("dialog")).toContainText("payments");
    await page.keyboard.press("Escape");
    await expect(bundle).toBeFocused();
    await card.getByRole("button", { name: "Steps", exact: true }).click();
    await expect(card.getByRole("list", { name: "Steps of path 2" })).toBeVisible();
  });

  test("is the list of steps on a phone", async ({ page, fleet }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(subject(fleet.messy, "ServiceAccount:ci/deployer", "?view=drawing"));
    const card = page.getByRole("region", { name: "How it takes over" });
    await expect(card.getByRole("list", { name: "Steps of path 1" })).toBeVisible();
    await expect(card.getByRole("group", { name: /^Lanes/ })).toBeHidden();
  });
});

test("a cluster without an API server says why its paths cannot be checked on it", async ({ page, fleet }) => {
  await page.goto(subject(fleet.messy, "ServiceAccount:monitoring/node-agent"));
  const card = page.getByRole("region", { name: "How it takes over" });
  const check = card.getByRole("button", { name: "Check on the live cluster" });
  await expect(check).toBeDisabled();
  await expect(check).toHaveAccessibleDescription("This is a cluster of the demo: there is no API server to ask.");
  const answer = await page.request.post(
    `/api/v1/clusters/${fleet.messy}/access/subjects/${encodeURIComponent("ServiceAccount:monitoring/node-agent")}/paths/check`,
    { data: { to: "", path: 0, scanId: "any" } },
  );
  expect(answer.status()).toBe(409);
  expect(await answer.json()).toMatchObject({ error: { code: "conflict" } });
  await card.getByRole("button", { name: "Drawing" }).click();
  await expect(card.getByText(/no API server to ask/).filter({ visible: true })).toHaveCount(1);
});
