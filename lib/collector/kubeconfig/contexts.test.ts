import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate } from "#lib/testing/test-certificate.ts";
import { connectInCluster } from "../connection/in-cluster.ts";
import { connectKubeconfigContext, listKubeconfigContexts } from "./contexts.ts";
import { defaultKubeconfigPaths } from "./operator-kubeconfig.ts";

const { cert, key } = createTestCertificate();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kordon-kubeconfig-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a kubeconfig with one context; parts are YAML in flow style. */
async function config(
  name: string,
  { cluster = "{server: https://a.example}", user = "{token: t}" } = {},
): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    `current-context: ${name}\nclusters: [{name: c, cluster: ${cluster}}]\nusers: [{name: u, user: ${user}}]\ncontexts: [{name: ${name}, context: {cluster: c, user: u}}]\n`,
  );
  return path;
}
const authorize = async (user: string) =>
  (await connectKubeconfigContext([await config("x", { user })], "x")).authorize();

describe("listKubeconfigContexts", () => {
  it.each([
    ["{token: t}", "token"],
    ["{tokenFile: /nowhere}", "token"],
    ["{client-certificate: a, client-key: b}", "certificate"],
    ["{exec: {command: /bin/false}}", "exec"],
    ["{auth-provider: {name: oidc}}", "oidc"],
    ["{auth-provider: {name: gcp}}", "auth-provider"],
    ["{username: a, password: b}", "basic"],
    ["{}", "none"],
  ])("tells how %s proves who it is, without running or reading anything", async (user, authKind) => {
    const path = await config("x", { user });
    expect(await listKubeconfigContexts([path])).toEqual([
      { name: "x", cluster: "c", server: "https://a.example", user: "u", authKind, isCurrent: true },
    ]);
  });

  it("merges files: the first that defines a name wins, and missing files are left out", async () => {
    const first = await config("one");
    const second = await config("two", { cluster: "{server: https://b.example}" });
    const contexts = await listKubeconfigContexts([join(folder, "missing"), first, second]);
    expect(contexts.map(({ name, server, isCurrent }) => ({ name, server, isCurrent }))).toEqual([
      { name: "one", server: "https://a.example", isCurrent: true },
      { name: "two", server: "https://a.example", isCurrent: false },
    ]);
  });

  it("names the file and field that is wrong", async () => {
    const path = join(folder, "broken");
    await writeFile(path, "clusters: [{cluster: {server: x}}]\n");
    await expect(listKubeconfigContexts([path])).rejects.toMatchObject({
      code: "invalid_kubeconfig",
      position: { file: path, field: "name" },
    });
    await writeFile(path, "a: [");
    await expect(listKubeconfigContexts([path])).rejects.toMatchObject({
      code: "invalid_kubeconfig",
      position: { file: path },
    });
    await expect(listKubeconfigContexts([join(folder, "none")])).rejects.toMatchObject({ code: "invalid_kubeconfig" });
  });

  it("looks where kubectl looks", () => {
    expect(defaultKubeconfigPaths({ KUBECONFIG: "/a:/b:" })).toEqual(["/a", "/b"]);
    expect(defaultKubeconfigPaths({ HOME: "/home/me" })).toEqual(["/home/me/.kube/config"]);
  });
});

describe("connectKubeconfigContext", () => {
  it("reads files relative to the kubeconfig, and again when they change", async () => {
    await mkdir(join(folder, "pki"), { recursive: true });
    await writeFile(join(folder, "pki", "ca.crt"), cert);
    await writeFile(join(folder, "pki", "token"), "first\n");
    const path = await config("files", {
      cluster: "{server: 'https://a.example/', certificate-authority: pki/ca.crt, tls-server-name: api}",
      user: "{tokenFile: pki/token}",
    });
    const connection = await connectKubeconfigContext([path], undefined);
    expect(connection).toMatchObject({
      server: "https://a.example",
      context: "files",
      tls: { ca: cert, servername: "api", rejectUnauthorized: true },
    });
    expect((await connection.authorize()).headers).toEqual([["authorization", "Bearer first"]]);
    await writeFile(join(folder, "pki", "token"), "second\n");
    expect((await connection.authorize()).headers).toEqual([["authorization", "Bearer second"]]);
  });

  it("gives a client certificate and honours skipped verification", async () => {
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    const path = await config("cert", {
      cluster: "{server: https://a.example, insecure-skip-tls-verify: true}",
      user: `{client-certificate-data: ${base64(cert)}, client-key-data: ${base64(key)}}`,
    });
    const connection = await connectKubeconfigContext([path], "cert");
    expect(connection.tls).toEqual({ rejectUnauthorized: false });
    expect(await connection.authorize()).toEqual({ headers: [], certificate: { cert, key } });
  });

  it("sends the identity that the user impersonates, with uid and groups", async () => {
    expect((await authorize("{token: t, as: jane, as-uid: '7', as-groups: [a, b]}")).headers).toEqual([
      ["authorization", "Bearer t"],
      ["impersonate-user", "jane"],
      ["impersonate-uid", "7"],
      ["impersonate-group", "a"],
      ["impersonate-group", "b"],
    ]);
  });

  it.each([
    ["as-user-extra", { user: "{token: t, as: jane, as-user-extra: {a: [b]}}" }],
    ["as-groups without as", { user: "{token: t, as-groups: [a]}" }],
    ["auth-provider", { user: "{auth-provider: {name: gcp, config: {cmd-path: /bin/sh}}}" }],
    ["proxy-url", { cluster: "{server: https://a.example, proxy-url: 'http://evil.example'}" }],
  ])("refuses %s by name, since leaving it out would answer for somebody else", async (field, parts) => {
    await expect(connectKubeconfigContext([await config("x", parts)], "x")).rejects.toMatchObject({
      code: "invalid_kubeconfig",
      message: expect.stringContaining(field),
    });
  });

  it("names the contexts there are when the wanted one is not", async () => {
    await expect(connectKubeconfigContext([await config("here")], "there")).rejects.toMatchObject({
      code: "not_found",
      hint: expect.stringContaining("here"),
    });
  });
});

describe("credential programs", () => {
  async function plugin(body: string, extra = ""): Promise<string> {
    const path = join(folder, "plugin.sh");
    await writeFile(path, `#!/bin/sh\n${body}\n`);
    await chmod(path, 0o755);
    return `{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin.sh, interactiveMode: Never${extra}}}`;
  }
  const credential = (status: string): string =>
    `echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":${status}}'`;

  it("are run without a shell, below the kubeconfig's folder, with the given environment and not with Kordon's", async () => {
    process.env.KORDON_TEST_SECRET = "canary";
    const user = await plugin(
      `env > "${folder}/env"; ${credential('{"token":"from-plugin"}')}`,
      ", env: [{name: EXTRA, value: yes-please}]",
    );
    expect((await authorize(user)).headers).toEqual([["authorization", "Bearer from-plugin"]]);
    const environment = await readFile(join(folder, "env"), "utf8");
    expect(environment).toContain("EXTRA=yes-please");
    expect(environment).toContain("KUBERNETES_EXEC_INFO=");
    expect(environment).not.toContain("canary");
    delete process.env.KORDON_TEST_SECRET;
  });

  it("are asked again only when their credential is about to expire", async () => {
    const counter = join(folder, "count");
    const run = async (expires: string): Promise<number> => {
      await writeFile(counter, "");
      const user = await plugin(
        `echo x >> "${counter}"; ${credential(`{"token":"t","expirationTimestamp":"${expires}"}`)}`,
      );
      const connection = await connectKubeconfigContext([await config("x", { user })], "x");
      await connection.authorize();
      await connection.authorize();
      return (await readFile(counter, "utf8")).split("\n").length - 1;
    };
    expect(await run("2999-01-01T00:00:00Z")).toBe(1);
    expect(await run("2001-01-01T00:00:00Z")).toBe(2);
  });

  it.each([
    { name: "fail", body: "echo secret-canary >&2; exit 3" },
    { name: "answer with something else", body: "echo secret-canary" },
    { name: "give no credential", body: credential("{}") },
  ])("that $name are an error that quotes nothing", async ({ body }) => {
    const error: unknown = await authorize(await plugin(body)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "credential_missing" });
    expect(JSON.stringify(error) + String(error)).not.toContain("canary");
  });

  it("that are not there, or want a person, are an error", async () => {
    await expect(authorize("{exec: {command: kordon-no-such-program}}")).rejects.toMatchObject({
      code: "credential_missing",
    });
    await expect(authorize("{exec: {command: /bin/true, interactiveMode: Always}}")).rejects.toMatchObject({
      code: "credential_missing",
    });
  });
});

describe("connectInCluster", () => {
  it("reads the token again every time", async () => {
    await writeFile(join(folder, "ca.crt"), cert);
    await writeFile(join(folder, "token"), "one");
    const environment = { KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "6443" };
    const connection = await connectInCluster({ environment, folder });
    expect(connection.server).toBe("https://[fd00::1]:6443");
    await writeFile(join(folder, "token"), "two\n");
    expect((await connection.authorize()).headers).toEqual([["authorization", "Bearer two"]]);
  });

  it("says when there is no cluster around", async () => {
    await expect(connectInCluster({ environment: {}, folder })).rejects.toMatchObject({ code: "credential_missing" });
  });
});
