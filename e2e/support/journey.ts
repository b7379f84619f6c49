import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { clusterNamed } from "./api.ts";

/** Ids of the demo clusters. */
export interface DemoFleet {
  /** Many service accounts over many namespaces. */
  readonly big: string;
  /** Planted risks and hostile names. */
  readonly messy: string;
  readonly hardened: string;
}

interface Fixtures {
  /** Says that the browser will report these, e.g. the failed request behind a page that is not there. */
  readonly expectProblem: (pattern: RegExp) => void;
  readonly fleet: DemoFleet;
}

/**
 * A journey through the product. Whatever the browser reports as an error fails it: console errors, script errors, violations
 * of the content security policy, dialogs that no page of ours opens, and requests that leave this machine.
 */
export const test = base.extend<Fixtures & { readonly watch: void }>({
  page: async ({ page }, use, testInfo) => {
    const goto = page.goto.bind(page);
    const reload = page.reload.bind(page);
    page.goto = async (...parameters) => whenLive(page, await goto(...parameters));
    page.reload = async (...parameters) => whenLive(page, await reload(...parameters));
    await use(page);
    // Chromium can hang when it closes a page that is on its way elsewhere, as after going back; that way may also win over ours, once.
    // A picture of a failure needs the page.
    if (testInfo.status === testInfo.expectedStatus) {
      await expect(() => goto("about:blank")).toPass({ timeout: 15_000 });
    }
  },
  expectProblem: async ({ page }, use) => {
    const expected = expectedOf(page);
    await use((pattern) => expected.push(pattern));
  },
  watch: [
    async ({ page }, use) => {
      const problems = await watchPage(page);
      await use();
      const expected = expectedOf(page);
      expect(problems.filter((problem) => !expected.some((pattern) => pattern.test(problem)))).toEqual([]);
    },
    { auto: true },
  ],
  fleet: async ({ request }, use) => {
    const id = async (name: string) => (await clusterNamed(request, name)).id;
    await use({ big: await id("atlas-fleet"), messy: await id("bazaar-staging"), hardened: await id("harbor-prod") });
  },
});

export { expect };

const EXPECTED = new WeakMap<Page, RegExp[]>();

function expectedOf(page: Page): RegExp[] {
  let expected = EXPECTED.get(page);
  if (!expected) EXPECTED.set(page, (expected = []));
  return expected;
}

/** Waits until every control of a page answers: what is done to the server's HTML before React has taken it over is lost. */
async function whenLive<T>(page: Page, response: T): Promise<T> {
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll("a, button, select, input, textarea")];
    return (
      controls.length > 0 && controls.every((control) => Object.keys(control).some((key) => key.startsWith("__react")))
    );
  });
  return response;
}

async function watchPage(page: Page): Promise<readonly string[]> {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") problems.push(`request to ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return problems;
}

/** Names of the accessibility rules that the page breaks, each with the first elements that break it. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 200))
        .join(" | ")}`,
  );
}

/** Waits until a page shows its content: a heading, nothing that loads, and no transition under way. */
export async function settled(page: Page): Promise<void> {
  // Behind an open dialog the heading is there, but hidden from assistive technology.
  await expect(page.getByRole("heading", { level: 1, includeHidden: true })).toHaveCount(1);
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
}

/** How far a page can be scrolled sideways, in pixels. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
