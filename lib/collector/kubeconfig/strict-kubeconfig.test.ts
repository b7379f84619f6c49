import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "#lib/model/app-error.ts";
import { createTestCertificate } from "#lib/testing/test-certificate.ts";
import { parseStrictKubeconfig } from "./strict-kubeconfig.ts";

const { cert, key } = createTestCertificate();
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const CANARY = "secret-canary";

function kubeconfig({ cluster = "", user = "    token: some-token", context = "", root = "" } = {}): string {
  return `apiVersion: v1
kind: Config
preferences: {}
current-context: main
clusters:
- name: c1
  cluster:
    server: https://cluster.example:6443/
    certificate-authority-data: ${base64(cert)}
${cluster}
users:
- name: u1
  user:
${user}
contexts:
- name: main
  context:
    cluster: c1
    user: u1
${context}
${root}
`;
}

function failure(text: string): AppError {
  try {
    parseStrictKubeconfig(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

/** Credential fields that survive, or the code of the refusal. */
function fieldsOrCode(text: string): readonly string[] {
  try {
    return parseStrictKubeconfig(text).contexts.flatMap(({ credential }) => Object.keys(credential));
  } catch (error) {
    if (error instanceof AppError) return [error.code];
    throw error;
  }
}

describe("parseStrictKubeconfig", () => {
  it("gives the plain values of a token", () => {
    expect(parseStrictKubeconfig(kubeconfig({ context: "    namespace: team" }))).toEqual({
      currentContext: "main",
      contexts: [
        {
          name: "main",
          cluster: "c1",
          user: "u1",
          credential: { server: "https://cluster.example:6443", caData: cert, token: "some-token" },
        },
      ],
    });
  });

  it("gives the plain values of a client certificate and a TLS name", () => {
    const text = kubeconfig({
      cluster: "    tls-server-name: api.internal",
      user: `    client-certificate-data: ${base64(cert)}\n    client-key-data: ${base64(key)}`,
    });
    expect(parseStrictKubeconfig(text).contexts[0]?.credential).toEqual({
      server: "https://cluster.example:6443",
      caData: cert,
      tlsServerName: "api.internal",
      clientCertificateData: cert,
      clientKeyData: key,
    });
  });

  it("reads JSON too", () => {
    const json = JSON.stringify({
      clusters: [{ name: "c", cluster: { server: "https://a.example" } }],
      users: [{ name: "u", user: { token: "t" } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    });
    expect(parseStrictKubeconfig(json).contexts[0]?.credential).toEqual({ server: "https://a.example", token: "t" });
  });

  it.each([
    ["token-file", "users[0].user.token-file"],
    ["tokenFile", "users[0].user.tokenFile"],
    ["client-certificate", "users[0].user.client-certificate"],
    ["client-key", "users[0].user.client-key"],
    ["exec", "users[0].user.exec"],
    ["auth-provider", "users[0].user.auth-provider"],
    ["as", "users[0].user.as"],
    ["as-uid", "users[0].user.as-uid"],
    ["as-groups", "users[0].user.as-groups"],
    ["as-user-extra", "users[0].user.as-user-extra"],
    ["username", "users[0].user.username"],
    ["password", "users[0].user.password"],
    ["extensions", "users[0].user.extensions"],
    ["impersonate", "users[0].user.impersonate"],
    ["Exec", "users[0].user.Exec"],
    ["EXEC", "users[0].user.EXEC"],
    ["exec ", 'users[0].user."exec "'],
    ["ｅxec", 'users[0].user."ｅxec"'],
    ["__proto__", "users[0].user.__proto__"],
    ["constructor", "users[0].user.constructor"],
    ["Token", "users[0].user.Token"],
  ])("refuses %j of a user by its name and place", (field, path) => {
    const error = failure(kubeconfig({ user: `    token: a\n    ${JSON.stringify(field)}: ${CANARY}` }));
    expect(error.code).toBe("invalid_kubeconfig");
    expect(error.message).toContain(field.trim());
    expect(error.message).not.toContain(CANARY);
    expect(error.position).toEqual({ field: path, line: 15, column: 5 });
  });

  it.each([
    "certificate-authority",
    "insecure-skip-tls-verify",
    "proxy-url",
    "disable-compression",
    "extensions",
    "Server",
  ])("refuses %s of a cluster by its name and place", (field) => {
    const error = failure(kubeconfig({ cluster: `    ${field}: ${CANARY}` }));
    expect(error.position).toEqual({ field: `clusters[0].cluster.${field}`, line: 10, column: 5 });
    expect(error.message).not.toContain(CANARY);
  });

  it.each([
    { name: "a root field", text: kubeconfig({ root: "extensions: []" }), reason: "extensions" },
    {
      name: "preferences that are not empty",
      text: kubeconfig().replace("preferences: {}", "preferences: {colors: true}"),
      reason: "empty",
    },
    { name: "another kind", text: kubeconfig().replace("kind: Config", "kind: Secret"), reason: "Config" },
    { name: "a duplicate key", text: kubeconfig({ user: "    token: a\n    token: b" }), reason: "twice" },
    { name: "a duplicate key by quoting", text: kubeconfig({ user: '    token: a\n    "token": b' }), reason: "twice" },
    {
      name: "a duplicate name",
      text: kubeconfig().replace("users:\n", "users:\n- name: u1\n  user: {token: x}\n"),
      reason: "twice",
    },
    { name: "an alias", text: kubeconfig({ user: "    token: *x" }), reason: "alias" },
    { name: "an anchor", text: kubeconfig({ user: "    token: &x a" }), reason: "anchor" },
    {
      name: "an anchor with alias",
      text: kubeconfig({ user: "    token: &x a", context: "    namespace: *x" }),
      reason: "n a",
    },
    { name: "a merge key", text: kubeconfig({ user: "    <<: {token: a}" }), reason: "<<" },
    { name: "a standard tag", text: kubeconfig({ user: "    token: !!str a" }), reason: "tag" },
    { name: "a binary tag", text: kubeconfig({ user: "    token: !!binary YQ==" }), reason: "YAML" },
    { name: "an own tag", text: kubeconfig({ user: "    token: !file /etc/passwd" }), reason: "YAML" },
    { name: "a tag on a key", text: kubeconfig({ user: "    !!str token: a" }), reason: "tag" },
    { name: "a key that is no text", text: kubeconfig({ user: "    ? [token]\n    : a" }), reason: "key" },
    { name: "a token that is no text", text: kubeconfig({ user: "    token: 12" }), reason: "text" },
    { name: "a token with a line break", text: kubeconfig({ user: '    token: "a\\r\\nb"' }), reason: "token" },
    {
      name: "two kinds of credential",
      text: kubeconfig({ user: `    token: a\n    client-key-data: ${base64(key)}` }),
      reason: "only one",
    },
    { name: "no credential", text: kubeconfig({ user: "    {}" }), reason: "token" },
    { name: "plain http", text: kubeconfig().replace("https://", "http://"), reason: "https" },
    { name: "a server with a password", text: kubeconfig().replace("https://", "https://a:b@"), reason: "password" },
    { name: "an authority that is none", text: kubeconfig().replace(base64(cert), "aGVsbG8="), reason: "certificate" },
    { name: "data that is not base64", text: kubeconfig().replace(base64(cert), "'@@@'"), reason: "base64" },
    { name: "a context without cluster", text: kubeconfig().replace("cluster: c1", "cluster: c2"), reason: "cluster" },
    { name: "no context", text: "clusters: []\nusers: []\ncontexts: []\n", reason: "context" },
    { name: "two documents", text: `${kubeconfig()}---\n${kubeconfig()}`, reason: "more than one" },
    { name: "a list", text: "- a\n", reason: "mapping" },
    { name: "nothing", text: "", reason: "empty" },
    { name: "NUL", text: `${kubeconfig()}\0`, reason: "character" },
    { name: "a byte order mark", text: `\ufeff${kubeconfig()}`, reason: "character" },
    { name: "too much", text: `${kubeconfig()}#${"x".repeat(256 * 1024)}`, reason: "256 KiB" },
  ])("refuses $name", ({ text, reason }) => {
    const error = failure(text);
    expect(error.code).toBe("invalid_kubeconfig");
    expect(error.message).toContain(reason);
  });

  const size = 250_000;
  it.each([
    ["brackets", "[".repeat(size)],
    ["dashes", "- ".repeat(size / 2)],
    ["quotes", '"'.repeat(size)],
    ["many keys", Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n")],
    ["anchors", "&a ".repeat(size / 3)],
    ["exclamation marks", "! ".repeat(size / 2)],
    ["documents", "---\n".repeat(size / 4)],
    ["indentation", Array.from({ length: 690 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")],
    ["blanks", " ".repeat(size)],
    ["quotes below the limit of parts", '"'.repeat(18_000)],
    ["an alias bomb", `a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n`],
  ])("refuses a bomb of %s quickly (K2)", (_name, text) => {
    const startedAt = performance.now();
    expect(failure(text).code).toBe("invalid_kubeconfig");
    expect(performance.now() - startedAt).toBeLessThan(500); // 100 ms on a machine with nothing else to do
  });

  it("refuses or reduces whatever a fuzzer puts in, and never throws anything else (K1)", () => {
    const words = fc.constantFrom(
      "exec",
      "token",
      "token-file",
      "command",
      "server",
      "as",
      "proxy-url",
      "user",
      "cluster",
      "<<",
      "*a",
      "&a",
    );
    const line = fc.record({
      indent: fc.nat(8),
      dash: fc.boolean(),
      word: words,
      value: fc.constantFrom("", " x", " {}", " [", " |", ' "', " https://a.example"),
    });
    const allowed = ["server", "caData", "tlsServerName", "token", "clientCertificateData", "clientKeyData"];
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.nat(25), (lines, at) => {
        const rows = kubeconfig().split("\n");
        const added = lines.map(
          (entry) => `${" ".repeat(entry.indent)}${entry.dash ? "- " : ""}${entry.word}:${entry.value}`,
        );
        const text = [...rows.slice(0, at), ...added, ...rows.slice(at)].join("\n");
        const outcome = fieldsOrCode(text);
        expect([...allowed, "invalid_kubeconfig"]).toEqual(expect.arrayContaining([...outcome]));
      }),
      { numRuns: 1000 },
    );
  });
});
