import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScriptedApiServer } from "#lib/testing/scripted-api-server.ts";
import { startScriptedApiServer } from "#lib/testing/scripted-api-server.ts";
import { createTestCertificate } from "#lib/testing/test-certificate.ts";
import { probeCluster } from "../rights/probe-cluster.ts";
import { addressPolicy } from "./address-policy.ts";
import { connectCredential } from "./credential.ts";

const { cert, key } = createTestCertificate();
const policy = addressPolicy([]);
const token = "some-token";
const resolve = (address: string) => () => Promise.resolve([{ address, family: 4 as const }]);

describe("connectCredential", () => {
  it.each([
    "http://cluster.example",
    "https://user:password@cluster.example",
    "https://user@cluster.example",
    "https://cluster.example/?a=b",
    "https://cluster.example/#x",
    "https://cluster.example#",
    "ftp://cluster.example",
    "file:///etc/passwd",
    "cluster.example:6443",
    "https://",
    "javascript:alert(1)",
    "",
  ])("refuses the server %j", async (server) => {
    await expect(connectCredential({ server, token }, policy, resolve("10.0.0.1"))).rejects.toMatchObject({
      code: "invalid_input",
      position: { field: "server" },
    });
  });

  it.each([
    "https://127.0.0.1:6443",
    "https://2130706433",
    "https://0x7f000001",
    "https://0177.0.0.1",
    "https://127.1",
    "https://127.0.0.1.",
    "https://[::1]:6443",
    "https://[::ffff:127.0.0.1]",
    "https://[64:ff9b::7f00:1]",
    "https://[2002:7f00:1::]",
    "https://169.254.169.254/latest/meta-data",
    "https://①⑥⑨.254.169.254",
    "https://0",
    "https://[fe80::1]",
  ])("blocks %s in every spelling", async (server) => {
    await expect(connectCredential({ server, token }, policy)).rejects.toMatchObject({ code: "address_blocked" });
  });

  it("blocks a name when any of its addresses is not allowed", async () => {
    const both = () =>
      Promise.resolve([
        { address: "10.0.0.1", family: 4 as const },
        { address: "127.0.0.1", family: 4 as const },
      ]);
    await expect(connectCredential({ server: "https://a.example", token }, policy, both)).rejects.toMatchObject({
      code: "address_blocked",
    });
  });

  it.each([
    { name: "no credential", credential: {} },
    { name: "a certificate without key", credential: { clientCertificateData: cert } },
    { name: "a token and a certificate", credential: { token, clientCertificateData: cert, clientKeyData: key } },
    { name: "a token with a line break", credential: { token: "a\r\nx-evil: 1" } },
    { name: "a key that is none", credential: { clientCertificateData: cert, clientKeyData: "secret-canary" } },
    { name: "an authority that is none", credential: { token, caData: "secret-canary" } },
    { name: "a TLS name that is none", credential: { token, tlsServerName: "a b" } },
  ])("refuses $name without quoting it", async ({ credential }) => {
    const error: unknown = await connectCredential(
      { server: "https://a.example", ...credential },
      policy,
      resolve("10.0.0.1"),
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "invalid_input" });
    expect(String(error)).not.toMatch(/canary|evil/);
  });

  it("keeps a path and drops the slash at its end", async () => {
    const connection = await connectCredential(
      { server: "https://a.example/k8s/clusters/c1/", token },
      policy,
      resolve("10.0.0.1"),
    );
    expect(connection.server).toBe("https://a.example/k8s/clusters/c1");
    expect(connection.tls).toEqual({ rejectUnauthorized: true });
    expect(await connection.authorize()).toEqual({ headers: [["authorization", "Bearer some-token"]] });
  });

  describe("on the wire", () => {
    let server: ScriptedApiServer;
    beforeAll(async () => {
      server = await startScriptedApiServer(({ path }) =>
        path === "/version" ? { json: { gitVersion: "v1.37.2", major: "1", minor: "37" } } : undefined,
      );
    });
    afterAll(() => server.close());

    it("connects to the checked address, whatever the name resolves to later", async () => {
      const port = new URL(server.server).port;
      // The name does not exist anywhere: only the pinned address can lead to the server.
      const connection = await connectCredential(
        { server: `https://cluster.invalid:${port}`, caData: server.caPem, tlsServerName: "localhost", token },
        addressPolicy(["127.0.0.1"]),
        resolve("127.0.0.1"),
      );
      expect((await probeCluster(connection)).version?.gitVersion).toBe("v1.37.2");
      expect(server.requests.at(0)?.headers.authorization).toBe("Bearer some-token");
    });
  });
});
