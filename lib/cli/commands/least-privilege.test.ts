import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseAllDocuments } from "yaml";
import { afterAll, describe, expect, it } from "vitest";
import { leastPrivilegeSchema } from "#lib/contracts/least-privilege.ts";
import { anAuditEvent, auditLines, type EventParts } from "#lib/testing/build-audit-log.ts";
import { aTerminal } from "#lib/testing/build-terminal.ts";
import { leastPrivilegeCommand } from "./least-privilege.ts";

const DEPLOYER = "system:serviceaccount:ci:deployer";
const folder = mkdtempSync(join(tmpdir(), "kordon-least-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const deployment = (verb: string, name: string, more: EventParts = {}): EventParts => ({
  user: DEPLOYER,
  groups: ["system:serviceaccounts", "system:serviceaccounts:ci", "system:authenticated"],
  verb,
  uri: `/apis/apps/v1/namespaces/shop/deployments/${name}`,
  object: { apiGroup: "apps", resource: "deployments", namespace: "shop", name },
  ...more,
});
const LOG = auditLines(
  [
    deployment("get", "api"),
    deployment("patch", "api"),
    deployment("delete", "api", { status: 403, decision: "forbid" }),
    deployment("get", "", { object: null, uri: "/api" }),
    { user: "mallory\u202e", object: { resource: "secrets" }, verb: "list", uri: "/api/v1/secrets" },
  ].map(anAuditEvent),
);

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(args: readonly string[], stdin = "") {
  const terminal = aTerminal({ stdin });
  const status = await leastPrivilegeCommand.run(["--demo", "messy", ...args], terminal);
  return { status, out: terminal.out(), errors: terminal.errors() };
}

describe("least-privilege", () => {
  it("prints roles with their bindings as YAML", async () => {
    const { status, out } = await run(["--audit", file("a.log", LOG), "--as", "ServiceAccount:ci/deployer"]);
    expect(status).toBe(0);
    const [role, binding, ...more] = parseAllDocuments(out).map((document): unknown => document.toJS());
    expect(more).toEqual([]);
    expect(role).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: { name: "least-privilege-ci-deployer", namespace: "shop" },
      rules: [{ verbs: ["get", "patch"], apiGroups: ["apps"], resources: ["deployments"], resourceNames: ["api"] }],
    });
    expect(binding).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "least-privilege-ci-deployer", namespace: "shop" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "least-privilege-ci-deployer" },
      subjects: [{ kind: "ServiceAccount", name: "deployer", namespace: "ci" }],
    });
    expect(out).toContain("# ci/deployer uses 2 of the ");
    expect(out).toContain("# Then take the subject out of ClusterRoleBinding ci-deployer");
  });

  it("answers alike for a user name, gzip, several files and standard input", async () => {
    const [first = "", ...rest] = LOG.split(/(?<=\n)/);
    const expected = (await run(["--audit", file("a.log", LOG), "--as", "ServiceAccount:ci/deployer"])).out;
    const others = await Promise.all([
      run(["--audit", file("b.log.gz", gzipSync(LOG)), "--as", DEPLOYER]),
      run(["--audit", file("c.log", first), "--audit", "-", "--as", `User:${DEPLOYER}`], rest.join("")),
    ]);
    for (const { out } of others) expect(out).toBe(expected);
  });

  it("gives any name and one ClusterRole when asked", async () => {
    const { out } = await run([
      "--audit",
      file("a.log", LOG),
      "--as",
      DEPLOYER,
      "--names",
      "any",
      "--scope",
      "cluster",
      "-o",
      "json",
    ]);
    const { roles, notes, refused, given } = leastPrivilegeSchema.parse(JSON.parse(out));
    expect(roles.map(({ role, rules }) => [role.kind, rules[0]?.resourceNames])).toEqual([["ClusterRole", []]]);
    expect(notes).toContain("One ClusterRole grants in every namespace, also where nothing was used.");
    expect(refused.map(({ text }) => text)).toEqual(["delete deployments.apps in shop named api"]);
    expect(given.map(({ text }) => text)).toEqual(["get /api"]);
  });

  it("compares with what is held, dangerous rules that nobody used first", async () => {
    const { out } = await run(["--audit", file("a.log", LOG), "--as", DEPLOYER, "-o", "table"]);
    const states = out.split("\n").flatMap((line) => /^(unused|partly|used) {2}/.exec(line)?.[1] ?? []);
    expect(states.length).toBeGreaterThan(2);
    expect(states).toEqual(
      [...states].sort((a, b) => ["unused", "partly", "used"].indexOf(a) - ["unused", "partly", "used"].indexOf(b)),
    );
    expect(out).toMatch(/partly .*only|get and patch of deployments\.apps in shop/);
    expect(out).toContain("Refused and not granted:\n  delete deployments.apps in shop named api (1 ×)");
  });

  it("lists every user of the log without --as, hostile names visible", async () => {
    const { status, out } = await run(["--audit", file("a.log", LOG), "-o", "table"]);
    expect(status).toBe(0);
    expect(out).toMatch(/^SUBJECT +REQUESTS +REFUSED +RIGHTS USED +OF/);
    expect(out).toMatch(/ServiceAccount:ci\/deployer +4 +1 +2 +\d+/);
    expect(out).toContain("User:mallory⟨U+202E⟩");
    const json = JSON.parse((await run(["--audit", file("a.log", LOG)])).out) as {
      log: { requests: number };
      subjects: { subject: string; used: number; held: number }[];
    };
    expect(json.log.requests).toBe(5);
    expect(json.subjects.find(({ subject }) => subject === "ServiceAccount:ci/deployer")).toMatchObject({ used: 2 });
  });

  it("exits with 1 for a subject that the log does not know, and grants it nothing", async () => {
    const { status, out } = await run(["--audit", file("a.log", LOG), "--as", "User:nobody"]);
    expect(status).toBe(1);
    expect(out).toContain("# The log holds no request of nobody.");
    expect(out).not.toContain("kind:");
  });

  it("says which lines could not be read, and goes on", async () => {
    const path = file("torn.log", `${LOG}{"kind"\n`);
    const { status, errors } = await run(["--audit", path, "--as", DEPLOYER]);
    expect(status).toBe(0);
    expect(errors).toEqual([`kordon: ${path}:6: not JSON`, "kordon: 1 line of the audit log could not be read"]);
  });

  it.each([
    { name: "no log", args: [] },
    { name: "a file that is not there", args: ["--audit", join(folder, "none.log")] },
    { name: "a file that is no audit log", args: ["--audit", file("other.txt", "hello\n")] },
    {
      name: "what only looks like gzip",
      args: ["--audit", file("bad.gz", new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3]))],
    },
    { name: "an unknown choice of names", args: ["--audit", "x", "--names", "some"] },
    { name: "an unknown scope", args: ["--audit", "x", "--scope", "pod"] },
    { name: "an argument too many", args: ["--audit", "x", "y"] },
    { name: "standard input twice", args: ["--audit", "-", "--audit", "-"] },
  ])("refuses $name", async ({ args }) => {
    await expect(run(args)).rejects.toMatchObject({ code: "invalid_input" });
  });
});
