// Plain JavaScript for Node 20: this runs before the dependencies are there.
import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";

/** A browser under test must not phone home; the sandbox needs rights that containers rarely give. */
export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Finds a Chromium: `CHROMIUM`, the usual places, then the one Playwright has downloaded.
 * @returns {string | null}
 */
export function findBrowser() {
  const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : USUAL_PLACES;
  return places.find(isExecutable) ?? findPlaywrightBrowser();
}

function findPlaywrightBrowser() {
  try {
    const { chromium } = createRequire(import.meta.url)("playwright");
    const path = chromium.executablePath();
    return isExecutable(path) ? path : null;
  } catch {
    return null; // Playwright is not installed, or knows no browser for this system
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent and not executable are the same answer here
  }
}
