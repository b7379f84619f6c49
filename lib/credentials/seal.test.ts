import { generateKeyPair, exportJWK } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { hashOfCa, openCredential, sealCredential, type SealBinding } from "./seal.ts";

const binding: SealBinding = {
  clusterId: "cluster-1",
  server: "https://cluster.example.com:6443",
  caHash: hashOfCa("authority"),
  tlsServerName: "cluster.example.com",
};
const credential = { token: "very-secret-token" };
const refused = { code: "credential_missing" };

type Key = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];
let sealed = "";
let key: Key;
let otherKey: Key;
beforeAll(async () => {
  const keys = await generateKeyPair("ECDH-ES+A256KW", { crv: "P-256", extractable: true });
  key = keys.privateKey;
  otherKey = (await generateKeyPair("ECDH-ES+A256KW", { crv: "P-256", extractable: true })).privateKey;
  sealed = await sealCredential(credential, binding, await exportJWK(keys.publicKey));
});

it("opens with the same binding and the worker's key, and shows nothing before", async () => {
  expect(await openCredential(sealed, binding, key)).toEqual(credential);
  expect(sealed).not.toContain("secret");
});

it.each([
  { name: "cluster", change: { clusterId: "cluster-2" } },
  { name: "server", change: { server: "https://cluster.example.com:6444" } },
  { name: "server by case only", change: { server: "https://CLUSTER.example.com:6443" } },
  { name: "certificate authority", change: { caHash: hashOfCa("another") } },
  { name: "certificate authority left out", change: { caHash: hashOfCa(undefined) } },
  { name: "TLS server name", change: { tlsServerName: "" } },
])("is refused for another $name", async ({ change }) => {
  await expect(openCredential(sealed, { ...binding, ...change }, key)).rejects.toMatchObject(refused);
});

it("is refused when the new binding is written into it", async () => {
  const moved = { ...binding, server: "https://elsewhere.example.com" };
  const aad = Buffer.from(JSON.stringify([moved.clusterId, moved.server, moved.caHash, moved.tlsServerName])).toString(
    "base64url",
  );
  const forged = JSON.stringify({ ...(JSON.parse(sealed) as object), aad });
  await expect(openCredential(forged, moved, key)).rejects.toMatchObject(refused);
});

it("is refused with another key", async () => {
  await expect(openCredential(sealed, binding, otherKey)).rejects.toMatchObject(refused);
});

describe("a changed bit", () => {
  it.each(["ciphertext", "iv", "tag", "encrypted_key", "aad", "protected"])("in %s is refused", async (field) => {
    const parts = JSON.parse(sealed) as Record<string, string>; // written by sealCredential
    const bytes = Buffer.from(parts[field] ?? "", "base64url");
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const changed = JSON.stringify({ ...parts, [field]: bytes.toString("base64url") });
    await expect(openCredential(changed, binding, key)).rejects.toMatchObject(refused);
  });
});

it.each(["", "null", "{", "[]", '{"ciphertext":1}'])("text that is no seal is refused: %j", async (text) => {
  await expect(openCredential(text, binding, key)).rejects.toMatchObject(refused);
});

it("fields of the binding do not run into each other", async () => {
  const left = { ...binding, clusterId: 'a","b', server: "c" };
  const keys = await generateKeyPair("ECDH-ES+A256KW", { crv: "P-256", extractable: true });
  const one = await sealCredential(credential, left, await exportJWK(keys.publicKey));
  await expect(
    openCredential(one, { ...left, clusterId: "a", server: 'b","c' }, keys.privateKey),
  ).rejects.toMatchObject(refused);
});

it("a cluster without authority has an empty hash, equal ones equal hashes", () => {
  expect(hashOfCa(undefined)).toBe("");
  expect(hashOfCa("a")).toBe(hashOfCa("a"));
  expect(hashOfCa("a")).not.toBe(hashOfCa("b"));
});
