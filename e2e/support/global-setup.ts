import { startProduct } from "./product.ts";

/** One running product for all specs; they find it by `baseURL`. Playwright calls the returned function at the end. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const product = await startProduct();
  process.env["KORDON_BASE_URL"] = product.url;
  return () => product.stop();
}
