import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openCredential, sealCredential } from "./seal.ts";
import { loadWorkerKeys } from "./worker-key.ts";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kordon-key-"));
  path = join(folder, "data", "worker-key.json");
});
afterEach(async () => rm(folder, { recursive: true }));

it("makes a key that only its owner may read, in a folder that only its owner may enter", async () => {
  await loadWorkerKeys(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, "data"))).mode & 0o777).toBe(0o700);
});

it("takes the same key the next time, and gives away no private part", async () => {
  const first = await loadWorkerKeys(path);
  const second = await loadWorkerKeys(path);
  expect(second.publicJwk).toEqual(first.publicJwk);
  expect(Object.keys(first.publicJwk).sort()).toEqual(["crv", "kty", "x", "y"]);
  const binding = { clusterId: "1", server: "s", caHash: "", tlsServerName: "" };
  const sealed = await sealCredential({ token: "t" }, binding, first.publicJwk);
  expect(await openCredential(sealed, binding, second.privateKey)).toEqual({ token: "t" });
});

it.each([0o640, 0o604, 0o660])("refuses a file of mode %o", async (mode) => {
  await loadWorkerKeys(path);
  await chmod(path, mode);
  await expect(loadWorkerKeys(path)).rejects.toMatchObject({ code: "unavailable" });
});

it.each([
  { name: "an empty file", text: () => "" },
  { name: "text that is not JSON", text: () => "{" },
  { name: "a public key", text: (key: string) => JSON.stringify({ ...(JSON.parse(key) as object), d: undefined }) },
  { name: "a key of another curve", text: (key: string) => key.replace("P-256", "P-384") },
  {
    name: "a point that is not on the curve",
    text: (key: string) => JSON.stringify({ ...(JSON.parse(key) as object), x: "AAAA" }),
  },
])("refuses $name and names the file, never its content", async ({ text }) => {
  await loadWorkerKeys(path);
  const key = await readFile(path, "utf8");
  await writeFile(path, text(key));
  const failure = await loadWorkerKeys(path).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "AppError", code: "unavailable", position: { file: path } });
});
