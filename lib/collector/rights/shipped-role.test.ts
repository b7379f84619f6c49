import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { TOPICS } from "#lib/model/topics.ts";
import { readerClusterRole } from "./reader-cluster-role.ts";

it("deploy/reader-role.yaml is what the product prints", async () => {
  const shipped = await readFile(new URL("../../../deploy/reader-role.yaml", import.meta.url), "utf8");
  expect(shipped).toBe(readerClusterRole(TOPICS));
});
