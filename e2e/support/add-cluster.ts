import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

export interface PastedCluster {
  readonly kubeconfig: string;
  /** Its name in Kordon. */
  readonly name: string;
  /** Where the product is; by default the one that all journeys share. */
  readonly baseUrl?: string;
}

/** Adds a cluster as a person does, by pasting a kubeconfig. Returns the address of its overview, which is shown. */
export async function addPastedCluster(page: Page, { kubeconfig, name, baseUrl = "" }: PastedCluster): Promise<string> {
  await page.goto(`${baseUrl}/settings?add=paste`);
  const dialog = page.getByRole("dialog", { name: "Add a cluster" });
  await dialog.getByRole("tab", { name: "Paste a kubeconfig" }).click();
  await dialog.getByRole("textbox", { name: "Kubeconfig" }).fill(kubeconfig);
  await dialog.getByRole("button", { name: "Check" }).click();
  await dialog.getByRole("textbox", { name: "Name in Kordon" }).fill(name);
  await dialog.getByRole("button", { name: "Add and scan" }).click();
  await expect(page).toHaveURL(/\/clusters\/[a-z0-9-]+$/);
  return page.url();
}
