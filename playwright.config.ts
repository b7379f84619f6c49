import { defineConfig } from "@playwright/test";
import { BROWSER_ARGS, findBrowser } from "./scripts/support/browser.mjs";

const executablePath = findBrowser();

/** Journeys through the built product in a real browser; `npm test` builds it and finds the browser first. */
export default defineConfig({
  testDir: "e2e/specs",
  globalSetup: "./e2e/support/global-setup.ts",
  outputDir: "test-results",
  workers: 1,
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    // Set by the global setup; the workers read this file again after it has run.
    baseURL: process.env["KORDON_BASE_URL"],
    browserName: "chromium",
    launchOptions: { executablePath: executablePath ?? undefined, args: [...BROWSER_ARGS] },
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    locale: "en-US",
    timezoneId: "UTC",
  },
});
