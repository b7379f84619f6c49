import { request } from "@playwright/test";
import { waitForClusters } from "./api.ts";
import { startProduct } from "./product.ts";

const DEMO_CLUSTERS = 3;

/**
 * One running product with the demo fleet for all specs, its first scans done; specs find it by `baseURL`. Playwright calls the
 * returned function at the end.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const product = await startProduct();
  try {
    const context = await request.newContext({ baseURL: product.url });
    await waitForClusters(
      context,
      "the demo fleet is scanned",
      (clusters) =>
        clusters.length === DEMO_CLUSTERS &&
        clusters.every(({ state, activeJob }) => state === "current" && activeJob === null),
      { timeoutMs: 120_000 },
    );
    await context.dispose();
  } catch (error) {
    await product.stop();
    throw error;
  }
  process.env["KORDON_BASE_URL"] = product.url;
  return () => product.stop();
}
