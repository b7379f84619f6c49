// `npm test`: sets up, then runs every test that can run here: unit and control plane tests (vitest), journeys in a browser
// (Playwright). The last line is `N passed, N failed[, N skipped]` over all of them.
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./support/browser.mjs";
import { NODE, ROOT, SetupError, passSignals, run, wasInterrupted } from "./support/run.mjs";
import { ensureBuild, ensureDependencies } from "./support/setup.mjs";

const say = (line) => process.stdout.write(`${line}\n`);
const inCi = Boolean(process.env.CI);

/** Counts of one runner. A runner that fails without a failed test (a broken file, a crash) counts as one failure. */
const NOTHING = { passed: 0, failed: 0, skipped: 0 };

async function runVitest(reportFile) {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json"];
  const { code } = await run(NODE, [...args, `--outputFile.json=${reportFile}`]);
  const report = readReport(reportFile);
  if (report === null) return { ...NOTHING, failed: 1 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((result) => result.status === "failed"),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function runPlaywright(reportFile) {
  if (!hasSpecs()) {
    say("No browser tests: e2e/specs is empty.");
    return NOTHING;
  }
  const browser = await ensureBrowser();
  if (browser === null) {
    say("Browser tests skipped: no Chromium was found and none could be installed. Set CHROMIUM to one.");
    return inCi ? { ...NOTHING, failed: 1 } : { ...NOTHING, skipped: 1 };
  }
  say(`Browser tests with ${browser}`);
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  const { code } = await run(NODE, args, { env: { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile } });
  const report = readReport(reportFile);
  if (report === null) return { ...NOTHING, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky;
  return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

/** Finds a browser or gets one: Playwright's own download, or on Debian as root the distribution's package. */
async function ensureBrowser() {
  const found = findBrowser();
  if (found !== null || process.env.CHROMIUM) return found;
  say("Getting a browser ...");
  await run(NODE, ["node_modules/playwright/cli.js", "install", "chromium"], { quiet: true });
  if (findBrowser() === null && process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get")) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update"], { quiet: true, env });
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { quiet: true, env });
  }
  return findBrowser();
}

function hasSpecs() {
  const dir = join(ROOT, "e2e/specs");
  return fs.existsSync(dir) && fs.readdirSync(dir, { recursive: true }).some((name) => name.endsWith(".spec.ts"));
}

function readReport(file) {
  if (!fs.existsSync(file)) return null;
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null; // the runner died while writing: the caller counts that as a failure
  }
}

function saySkips() {
  if (!process.env.KUBEBUILDER_ASSETS) say("Without KUBEBUILDER_ASSETS: tests on a real control plane are skipped.");
  if (!process.env.KORDON_FIXTURES) say("Without KORDON_FIXTURES: tests on published fixtures are skipped.");
}

async function main(reportDir) {
  await ensureDependencies();
  saySkips();
  const results = [];
  let built = true;
  try {
    await ensureBuild();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    built = false;
    results.push({ ...NOTHING, failed: 1 });
  }
  results.push(await runVitest(join(reportDir, "vitest.json")));
  if (wasInterrupted()) say("Interrupted.");
  else if (built) results.push(await runPlaywright(join(reportDir, "playwright.json")));
  else say("Browser tests skipped: there is no build.");
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

passSignals();
const reportDir = fs.mkdtempSync(join(tmpdir(), "kordon-test-"));
try {
  const { passed, failed, skipped } = await main(reportDir);
  say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exitCode = wasInterrupted() ? 130 : failed > 0 || passed === 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
} finally {
  fs.rmSync(reportDir, { recursive: true, force: true });
}
