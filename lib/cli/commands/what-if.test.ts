import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { whatIfSchema, type WhatIf } from "#lib/contracts/what-if.ts";
import { aTerminal } from "#lib/testing/build-terminal.ts";
import { whatIfCommand } from "./what-if.ts";

const folder = mkdtempSync(join(tmpdir(), "kordon-what-if-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const RBAC = "apiVersion: rbac.authorization.k8s.io/v1";
/** The account ci/deployer may do everything by the binding root, shop/web reads pods. */
const CLUSTER = file(
  "cluster.yaml",
  `
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: deployer, namespace: ci}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}}
---
{${RBAC}, kind: ClusterRole, metadata: {name: all}, rules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"]}]}
---
{${RBAC}, kind: ClusterRoleBinding, metadata: {name: root},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all},
 subjects: [{kind: ServiceAccount, name: deployer, namespace: ci}]}
`,
);
const WEB_ROOT = `---
{${RBAC}, kind: ClusterRoleBinding, metadata: {name: web-root},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all},
 subjects: [{kind: ServiceAccount, name: web, namespace: shop}]}
`;
const READS_PODS = `{${RBAC}, kind: Role, metadata: {name: pods, namespace: shop},
 rules: [{verbs: [get], apiGroups: [""], resources: [pods]}]}
---
{${RBAC}, kind: RoleBinding, metadata: {name: pods, namespace: shop},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pods},
 subjects: [{kind: ServiceAccount, name: web, namespace: shop}]}
`;

async function run(args: readonly string[], stdin = "") {
  const terminal = aTerminal({ stdin });
  const status = await whatIfCommand.run(["--manifests", CLUSTER, ...args], terminal);
  return { status, out: terminal.out() };
}

async function ask(args: readonly string[], stdin = ""): Promise<{ readonly status: number; readonly answer: WhatIf }> {
  const { status, out } = await run(args, stdin);
  return { status, answer: whatIfSchema.parse(JSON.parse(out)) };
}

describe("what-if", () => {
  it("knows the built-in roles that only the change refers to", async () => {
    const { status, answer } = await ask(["-f", "-"], WEB_ROOT.replace("name: all}", "name: cluster-admin}"));
    expect(status).toBe(1);
    expect(answer.objects[0]?.notes).toEqual([]);
  });

  it("exits with 1 where somebody new takes over, and answers in the form of the API", async () => {
    const { status, answer } = await ask(["-f", file("web.yaml", WEB_ROOT)]);
    expect(status).toBe(1);
    expect(answer.sentence).toBe("1 subject could take over the cluster that cannot now");
    expect(answer.objects).toMatchObject([{ object: { name: "web-root" }, effect: "created", notes: [] }]);
    expect(answer.reach.gained).toMatchObject([
      { target: { id: "cluster-admin" }, count: 1, subjects: [{ namespace: "shop", name: "web" }] },
    ]);
    expect(answer.reach.lost).toEqual([]);
  });

  it("exits with 0 where only harmless permissions appear", async () => {
    const { status, answer } = await ask(["-f", "-"], READS_PODS);
    expect(status).toBe(0);
    expect(answer.permissions.gained.items).toEqual([
      { subject: { kind: "ServiceAccount", namespace: "shop", name: "web" }, namespace: "shop", rule: "get of pods" },
    ]);
  });

  it("removes objects by kind, namespace and name", async () => {
    const { status, answer } = await ask(["--remove", "ClusterRoleBinding/root", "--remove", "RoleBinding/shop/none"]);
    expect(status).toBe(0);
    expect(answer.objects.map(({ effect }) => effect)).toEqual(["removed", "missing"]);
    expect(answer.reach.lost).toMatchObject([{ target: { id: "cluster-admin" }, count: 1 }]);
  });

  it("reads several files and removes at once: what is written counts", async () => {
    const files = ["-f", file("a.yaml", READS_PODS), "-f", file("b.yaml", WEB_ROOT)];
    const { answer } = await ask([...files, "--remove", "ClusterRoleBinding/web-root"]);
    expect(answer.objects.map(({ object, effect }) => [object.kind, effect])).toEqual([
      ["Role", "created"],
      ["RoleBinding", "created"],
      ["ClusterRoleBinding", "created"],
    ]);
  });

  it("tells it in words on a terminal", async () => {
    const args = ["-f", file("web.yaml", WEB_ROOT), "--remove", "ClusterRoleBinding/root", "-o", "table"];
    const { status, out } = await run(args);
    expect(status).toBe(1);
    const lines = out.split("\n");
    expect(lines[0]).toBe("1 subject could take over the cluster that cannot now, and 1 no longer");
    expect(lines).toContain("+ created    ClusterRoleBinding web-root");
    expect(lines).toContain("- removed    ClusterRoleBinding root");
    expect(lines).toContain("+ Takes over the cluster (critical)");
    expect(lines).toContain("    ServiceAccount:shop/web");
    expect(out).toMatch(/^ {4}by: May do everything/m);
    expect(out).toMatch(/^ {4}was by: May do everything/m);
    expect(out).toMatch(/^\+ +ServiceAccount:shop\/web +\* +\* of \*$/m);
    expect(out).toMatch(/^- +ServiceAccount:ci\/deployer +\* +\* of \*$/m);
  });

  it("shows hostile names harmlessly", async () => {
    const { out } = await run(["--remove", "ClusterRoleBinding/a\u202eb\u001b[31m", "-o", "table"]);
    expect(out).toContain("? not found");
    for (const character of ["\u202e", "\u001b"]) expect(out).not.toContain(character);
  });

  it.each([
    { name: "nothing to compare", args: [], message: /nothing to compare/ },
    { name: "a removed object without its namespace", args: ["--remove", "Role/pods"], message: /--remove takes/ },
    { name: "a removed object of another kind", args: ["--remove", "Pod/shop/web"], message: /--remove takes/ },
    { name: "an argument too many", args: ["--remove", "Role/shop/x", "--", "extra"], message: /Unexpected argument/ },
    { name: "standard input twice", args: ["-f", "-", "-f", "-"], message: /once only/ },
  ])("refuses $name", async ({ args, message }) => {
    await expect(run(args)).rejects.toMatchObject({ code: "invalid_input", message: expect.stringMatching(message) });
  });

  it.each([
    {
      name: "text that is no YAML, with file, line and column",
      text: "kind: Role\n  x: [",
      position: { file: expect.stringContaining("bad.yaml"), line: expect.any(Number), column: expect.any(Number) },
    },
    {
      name: "another kind, with file and document",
      text: `${READS_PODS}---\n{apiVersion: v1, kind: Pod, metadata: {name: x}}`,
      position: { file: expect.stringContaining("bad.yaml"), field: expect.stringContaining("document 3") },
    },
    {
      name: "what the API server would refuse, with its field",
      text: WEB_ROOT.replace("kind: ServiceAccount", "kind: Robot"),
      position: { file: expect.stringContaining("bad.yaml"), field: expect.stringContaining("subjects[0]") },
    },
    { name: "a file without an object", text: "# nothing\n", position: { file: expect.stringContaining("bad.yaml") } },
  ])("refuses $name", async ({ text, position }) => {
    await expect(run(["-f", file("bad.yaml", text)])).rejects.toMatchObject({ code: "invalid_input", position });
  });
});
