import { execFile } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "#lib/model/app-error.ts";
import { aTerminal } from "#lib/testing/build-terminal.ts";
import type { Command } from "../command.ts";
import { canI } from "./can-i.ts";
import { rbacManifest } from "./rbac-manifest.ts";
import { scan } from "./scan.ts";
import { snapshotCommand } from "./snapshot.ts";
import { whoCanCommand } from "./who-can.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** alice may read pods in payments and run anything cluster-wide through a group; the account ci/deployer may create pods. */
const MANIFESTS = `
{apiVersion: v1, kind: ServiceAccount, metadata: {name: deployer, namespace: ci}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader, namespace: payments},
 rules: [{verbs: [get], apiGroups: [""], resources: [pods]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: readers, namespace: payments},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader},
 subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: alice}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: deploy},
 rules: [{verbs: [create], apiGroups: [""], resources: [pods]}, {verbs: [get], nonResourceURLs: [/metrics]},
         {verbs: [get], apiGroups: [apps], resources: [deployments/scale]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: deployers},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: deploy},
 subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:serviceaccounts:ci"}]}
`;

let folder = "";
let file = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kordon-cli-"));
  file = join(folder, "cluster.yaml");
  await writeFile(file, MANIFESTS);
});
afterAll(async () => rm(folder, { recursive: true }));

async function run(command: Command, args: readonly string[], stdin = "") {
  const terminal = aTerminal({ stdin });
  const status = await command.run(args, terminal);
  return { status, out: terminal.out(), errors: terminal.errors() };
}

async function runJson(command: Command, args: readonly string[], stdin = "") {
  const { status, out } = await run(command, args, stdin);
  return { status, value: JSON.parse(out) as unknown };
}

describe("can-i", () => {
  it.each([
    { name: "allowed is 0", args: ["--as", "alice", "get", "pods", "-n", "payments"], status: 0, decision: "allowed" },
    { name: "denied is 1", args: ["--as", "alice", "get", "pods", "-n", "ci"], status: 1, decision: "denied" },
    {
      name: "without a namespace role bindings do not count",
      args: ["--as", "alice", "get", "pods"],
      status: 1,
      decision: "denied",
    },
    {
      name: "an account has its fixed groups",
      args: ["--as", "system:serviceaccount:ci:deployer", "create", "pods"],
      status: 0,
      decision: "allowed",
    },
    {
      name: "an account may be written as kind and name",
      args: ["--as", "ServiceAccount:ci/deployer", "create", "pods"],
      status: 0,
      decision: "allowed",
    },
    {
      name: "given groups replace the fixed ones",
      args: ["--as", "system:serviceaccount:ci:deployer", "--as-group", "x", "create", "pods"],
      status: 1,
      decision: "denied",
    },
    {
      name: "given groups count",
      args: ["--as", "bob", "--as-group", "x", "--as-group", "system:serviceaccounts:ci", "create", "pods"],
      status: 0,
      decision: "allowed",
    },
    {
      name: "system:masters may",
      args: ["--as", "bob", "--as-group", "system:masters", "delete", "nodes"],
      status: 0,
      decision: "allowed",
    },
    {
      name: "a bare resource takes the group that serves it",
      args: ["--as", "ServiceAccount:ci/deployer", "get", "deployments/scale"],
      status: 0,
      decision: "allowed",
    },
    {
      name: "a group may be named",
      args: ["--as", "ServiceAccount:ci/deployer", "get", "deployments.apps/scale", "web"],
      status: 0,
      decision: "allowed",
    },
    {
      name: "another group is another resource",
      args: ["--as", "ServiceAccount:ci/deployer", "get", "deployments.example.com/scale"],
      status: 1,
      decision: "denied",
    },
    {
      name: "a path is a path",
      args: ["--as", "ServiceAccount:ci/deployer", "get", "/metrics"],
      status: 0,
      decision: "allowed",
    },
  ])("$name", async ({ args, status, decision }) => {
    const answer = await runJson(canI, ["--manifests", file, ...args]);
    expect(answer).toMatchObject({ status, value: { decision } });
  });

  it("puts what names no namespace where it is told", async () => {
    const bare = join(folder, "bare.yaml");
    await writeFile(
      bare,
      `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{verbs: [get], apiGroups: [""], resources: [pods]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: alice}]
`,
    );
    const ask = ["--manifests", bare, "--as", "alice", "get", "pods", "-n", "shop"];
    expect(await runJson(canI, ["--manifests-namespace", "shop", ...ask])).toMatchObject({
      value: { decision: "allowed" },
    });
    expect(await runJson(canI, ask)).toMatchObject({ value: { decision: "denied" } });
  });

  it("proves an allowed request", async () => {
    const { value } = await runJson(canI, ["--manifests", file, "--as", "alice", "get", "pods", "-n", "payments"]);
    expect(value).toEqual({
      decision: "allowed",
      grant: {
        binding: { group: "rbac.authorization.k8s.io", kind: "RoleBinding", namespace: "payments", name: "readers" },
        role: { group: "rbac.authorization.k8s.io", kind: "Role", namespace: "payments", name: "reader" },
        ruleIndex: 0,
        through: { kind: "User", name: "alice" },
      },
    });
  });

  it.each([
    { name: "no user", args: ["get", "pods"] },
    { name: "no request", args: ["--as", "alice"] },
    { name: "only a verb", args: ["--as", "alice", "get"] },
    { name: "too much", args: ["--as", "alice", "get", "pods", "web", "more"] },
    { name: "an unknown option", args: ["--as", "alice", "--what", "get", "pods"] },
    { name: "an unknown format", args: ["--as", "alice", "--output", "xml", "get", "pods"] },
    { name: "a second source", args: ["--as", "alice", "--demo", "messy", "get", "pods"] },
  ])("refuses $name", async ({ args }) => {
    await expect(run(canI, ["--manifests", file, ...args])).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("can-i --batch", () => {
  it("answers each line in order, attributes taken literally", async () => {
    const lines = [
      { user: "alice", verb: "get", resource: "pods", namespace: "payments" },
      { user: "alice", verb: "get", resource: "pods" },
      { user: "system:serviceaccount:ci:deployer", verb: "create", resource: "pods" },
      { user: "system:serviceaccount:ci:deployer", groups: [], verb: "create", resource: "pods" },
      { user: "system:serviceaccount:ci:deployer", verb: "get", path: "/metrics" },
      { user: "system:serviceaccount:ci:deployer", verb: "get", resource: "deployments", subresource: "scale" },
      {
        user: "system:serviceaccount:ci:deployer",
        verb: "get",
        group: "apps",
        resource: "deployments",
        subresource: "scale",
      },
      { user: "__proto__", groups: ["constructor"], verb: "get", resource: "__proto__" },
    ];
    const text = `${lines.map((line) => JSON.stringify(line)).join("\r\n")}\n\n`;
    const { status, out } = await run(canI, ["--manifests", file, "--batch", "-"], text);
    const answers = out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { decision: string }).decision);
    expect(status).toBe(0);
    expect(answers).toEqual(["allowed", "denied", "allowed", "denied", "allowed", "denied", "allowed", "denied"]);
  });

  it.each([
    {
      name: "null is absent",
      line: {
        user: "system:serviceaccount:ci:deployer",
        groups: null,
        verb: "create",
        group: null,
        resource: "pods",
        subresource: null,
        namespace: null,
        name: null,
        path: null,
      },
    },
    {
      name: "a name may hold line separators of Unicode",
      line: {
        user: "system:serviceaccount:ci:deployer",
        verb: "create",
        resource: "pods",
        name: "a\u2028\u2029\u0085",
      },
    },
  ])("$name", async ({ line }) => {
    const { out } = await run(canI, ["--manifests", file, "--batch", "-"], `${JSON.stringify(line)}\n`);
    expect(JSON.parse(out)).toMatchObject({ decision: "allowed" });
  });

  it.each([
    { name: "text that is not JSON", line: "{", message: "not JSON" },
    { name: "a line without a user", line: '{"verb":"get","resource":"pods"}', message: "not a request" },
    { name: "a list", line: "[]", message: "not a request" },
  ])("stops at $name and names its line; answers before it are out", async ({ line, message }) => {
    const terminal = aTerminal({ stdin: `{"user":"alice","verb":"get","resource":"pods"}\n${line}\n` });
    const failure: unknown = await canI
      .run(["--manifests", file, "--batch", "-"], terminal)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: "invalid_input", position: { file: "-", line: 2 } });
    expect(String(failure)).toContain(message);
    expect(terminal.out()).toBe('{"decision":"denied"}\n');
  });

  it.each([
    { name: "a batch file that is not there", args: (at: string) => ["--batch", join(at, "none")] },
    { name: "a batch file that is a folder", args: (at: string) => ["--batch", at] },
    { name: "a batch with a request", args: () => ["--batch", "-", "get", "pods"] },
    { name: "a user without a name", args: () => ["--as", "", "get", "pods"] },
    { name: "a further file that is not there", args: () => ["none.yaml", "--as", "alice", "get", "pods"] },
    { name: "a further folder that is not there", args: () => ["./none", "--as", "alice", "get", "pods"] },
  ])("refuses $name", async ({ args }) => {
    await expect(run(canI, ["--manifests", file, ...args(folder)])).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("refuses one standard input for source and batch", async () => {
    await expect(run(canI, ["--manifests", "-", "--batch", "-"])).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("who-can", () => {
  it("lists everyone with grants, superusers apart", async () => {
    const { status, value } = await runJson(whoCanCommand, ["--manifests", file, "create", "pods"]);
    expect(status).toBe(0);
    expect(value).toMatchObject({
      subjects: [
        // Every namespace has it, though no manifest says so.
        { subject: { kind: "ServiceAccount", namespace: "ci", name: "default" }, exists: true },
        {
          subject: { kind: "ServiceAccount", namespace: "ci", name: "deployer" },
          exists: true,
          grants: [{ through: { kind: "Group" } }],
        },
        { subject: { kind: "Group", name: "system:serviceaccounts:ci" }, grants: [{ binding: { name: "deployers" } }] },
      ],
      unknown: [],
      superusers: [{ kind: "Group", name: "system:masters" }],
    });
  });

  it("nobody is 1", async () => {
    const { status, value } = await runJson(whoCanCommand, ["--manifests", file, "delete", "nodes"]);
    expect(status).toBe(1);
    expect(value).toMatchObject({ subjects: [], unknown: [] });
  });

  it("says in a table that nobody may", async () => {
    const { out } = await run(whoCanCommand, ["--manifests", file, "--output", "table", "delete", "nodes"]);
    expect(out).toBe("Nobody may delete nodes, except members of system:masters.\n");
  });
});

describe("scan", () => {
  it.each([
    { name: "without a threshold findings are no failure", args: [], status: 0 },
    { name: "a finding at the threshold is 1", args: ["--fail-on", "critical"], status: 1 },
    { name: "a finding above the threshold is 1", args: ["--fail-on", "low"], status: 1 },
  ])("$name", async ({ args, status }) => {
    expect((await run(scan, ["--manifests", file, ...args])).status).toBe(status);
  });

  it("no finding is 0", async () => {
    const quiet = "---\n{apiVersion: v1, kind: Namespace, metadata: {name: a}}";
    expect((await run(scan, ["--manifests", "-", "--fail-on", "low"], quiet)).status).toBe(0);
  });

  it("refuses an unknown severity", async () => {
    await expect(run(scan, ["--manifests", file, "--fail-on", "worst"])).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  it.each(["sarif", "csv", "html", "table"])("writes %s", async (format) => {
    const { out } = await run(scan, ["--manifests", file, "--output", format]);
    expect(out).toContain("system:serviceaccounts:ci");
  });

  it("shows hostile names as text in HTML, and as no formula in CSV", async () => {
    const name = "<script>alert(1)</script>\u202e";
    const hostile = MANIFESTS.replace('"system:serviceaccounts:ci"', JSON.stringify(name));
    const html = (await run(scan, ["--manifests", "-", "--output", "html"], hostile)).out;
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;⟨U+202E⟩");
    const formula = MANIFESTS.replace('"system:serviceaccounts:ci"', JSON.stringify("=1+1"));
    const csv = (await run(scan, ["--manifests", "-", "--output", "csv"], formula)).out;
    expect(csv).toContain("'=1+1 ");
    expect(csv).not.toMatch(/(^|[,\n"])=1/);
  });
});

describe("snapshot", () => {
  it.each(["saved.json", "saved.json.gz"])(
    "%s gives the answers of the source itself, and is its owner's alone",
    async (name) => {
      const saved = join(folder, name);
      expect((await run(snapshotCommand, ["--manifests", file, "--out", saved])).status).toBe(0);
      expect((await stat(saved)).mode & 0o777).toBe(0o600);
      const question = ["create", "pods"];
      const source = await run(whoCanCommand, ["--manifests", file, ...question]);
      expect(await run(whoCanCommand, ["--snapshot", saved, ...question])).toEqual(source);
      const findings = async (args: readonly string[]) =>
        ((await runJson(scan, args)).value as { findings: unknown }).findings;
      expect(await findings(["--snapshot", saved])).toEqual(await findings(["--manifests", file]));
    },
  );

  it("refuses to run without a file to write", async () => {
    await expect(run(snapshotCommand, ["--manifests", file])).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("rbac-manifest", () => {
  it("prints rights to read only, and refuses an unknown topic", async () => {
    const { status, out } = await run(rbacManifest, ["access"]);
    expect(status).toBe(0);
    expect(out).toContain("kind: ClusterRole");
    expect(out).not.toMatch(/create|delete|patch|update|\bsecrets\b/);
    const more = await run(rbacManifest, ["access", "--with-live-check"]);
    expect(more.out.startsWith(`${out}---\n`)).toBe(true);
    expect(more.out.slice(out.length)).toMatch(/subjectaccessreviews\n +verbs:\n +- create\n/);
    expect(more.out.slice(out.length)).toContain("name: kordon-reader\n    namespace: kordon\n");
    await expect(run(rbacManifest, ["everything"])).rejects.toMatchObject({ code: "invalid_input" });
  });
});

/** The program itself, as a child process: status, output and error lines. */
function kordon(args: readonly string[]): Promise<{ status: number; out: string; errors: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, out, errors) => {
      resolve({ status: typeof error?.code === "number" ? error.code : 0, out, errors });
    });
  });
}

describe("the program", () => {
  it.each([
    { name: "no such file", args: () => ["scan", "--manifests", join(folder, "none.yaml")], tells: "none.yaml" },
    {
      name: "YAML that does not parse",
      args: () => ["scan", "--manifests", join(folder, "bad.yaml")],
      tells: "bad.yaml:3",
    },
    { name: "a snapshot that is none", args: () => ["scan", "--snapshot", file], tells: "cluster.yaml" },
    { name: "no source", args: () => ["scan"], tells: "No source" },
    { name: "an unknown option", args: () => ["scan", "--fly"], tells: "--fly" },
    {
      name: "a namespace for manifests that are none",
      args: () => ["scan", "--demo", "hardened", "--manifests-namespace", "shop"],
      tells: "--manifests-namespace",
    },
    {
      name: "a namespace that none can be called",
      args: () => ["scan", "--manifests", file, "--manifests-namespace", "Shop!"],
      tells: "Shop!",
    },
  ])("$name: one line that names it, status 2, nothing else", async ({ args, tells }) => {
    await writeFile(join(folder, "bad.yaml"), "a: 1\nb: [\n");
    const { status, out, errors } = await kordon(args());
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(errors.trimEnd().split("\n")).toHaveLength(1);
    expect(errors).toMatch(/^kordon: /);
    expect(errors).toContain(tells);
  });

  it("a cluster that cannot be reached is 3", async () => {
    const kubeconfig = join(folder, "kubeconfig");
    await writeFile(
      kubeconfig,
      "{apiVersion: v1, kind: Config, clusters: [{name: c, cluster: {server: 'https://127.0.0.1:9'}}], users: [{name: u, user: {token: t}}], contexts: [{name: x, context: {cluster: c, user: u}}]}",
    );
    const { status, out, errors } = await kordon(["scan", "--context", "x", "--kubeconfig", kubeconfig]);
    expect({ status, out }).toEqual({ status: 3, out: "" });
    expect(errors.trimEnd().split("\n")).toHaveLength(1);
  });

  it("tells what a command does", async () => {
    expect(await kordon(["scan", "--help"])).toMatchObject({
      status: 0,
      out: expect.stringContaining("--fail-on"),
      errors: "",
    });
  });
});
