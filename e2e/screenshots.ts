import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { fleetSchema } from "#lib/contracts/clusters.ts";
import { BROWSER_ARGS, findBrowser } from "../scripts/support/browser.mjs";
import { startProduct } from "./support/product.ts";

/** `npm run screenshots`: takes the pictures of the README from the demo fleet, as the built product shows it. */
const FOLDER = fileURLToPath(new URL("../docs/images/", import.meta.url));
const DEMO_TIMEOUT_MS = 120_000;

const product = await startProduct();
try {
  const clusterId = await scannedCluster("bazaar-staging");
  const base = `${product.url}/clusters/${clusterId}`;
  const executablePath = findBrowser();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: [...BROWSER_ARGS] });
  await mkdir(FOLDER, { recursive: true });
  const shots = [
    ["overview", base],
    ["access", `${base}/access`],
    ["subject", `${base}/access/${encodeURIComponent("ServiceAccount:release/promoter")}`],
    ["drawing", `${base}/access/${encodeURIComponent("ServiceAccount:ci/deployer")}?view=drawing`],
    ["what-if", `${base}/access?tab=what-if&remove=ClusterRoleBinding/ci-deployer`],
    ["who-can", `${base}/access?tab=who-can&verb=get&resource=secrets&namespace=payments`],
  ] as const;
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  for (const [name, url] of shots) {
    await page.goto(url, { waitUntil: "networkidle" });
    await page.screenshot({ path: `${FOLDER}${name}.png` });
    process.stdout.write(`docs/images/${name}.png\n`);
  }
  await browser.close();
} finally {
  await product.stop();
}

/** Waits until every demo scan has ended; the id of the named cluster. */
async function scannedCluster(name: string): Promise<string> {
  const deadline = Date.now() + DEMO_TIMEOUT_MS;
  for (;;) {
    const { clusters } = fleetSchema.parse(await (await fetch(`${product.url}/api/v1/clusters`)).json());
    const found = clusters.find((cluster) => cluster.name === name);
    if (found && clusters.every(({ state, activeJob }) => state === "current" && activeJob === null)) return found.id;
    if (Date.now() > deadline) throw new Error("the demo fleet was not scanned in time");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
