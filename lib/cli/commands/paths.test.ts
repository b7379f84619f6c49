import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aTerminal } from "#lib/testing/build-terminal.ts";
import { paths } from "./paths.ts";

/** The account ci/deployer may open a shell in namespace ops, where a pod runs as ops/root, which may do everything. */
const MANIFESTS = `
{apiVersion: v1, kind: ServiceAccount, metadata: {name: deployer, namespace: ci}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: root, namespace: ops}}
---
{apiVersion: v1, kind: Pod, metadata: {name: root-0, namespace: ops},
 spec: {serviceAccountName: root, containers: [{name: main, image: app}]}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: shell, namespace: ops},
 rules: [{verbs: [create], apiGroups: [""], resources: [pods/exec]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: shell, namespace: ops},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: shell},
 subjects: [{kind: ServiceAccount, name: deployer, namespace: ci}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: root},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin},
 subjects: [{kind: ServiceAccount, name: root, namespace: ops}]}
`;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kordon-paths-"));
  await writeFile(join(folder, "cluster.yaml"), MANIFESTS);
});
afterAll(async () => rm(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const terminal = aTerminal();
  const status = await paths.run(["--manifests", join(folder, "cluster.yaml"), ...args], terminal);
  return { status, out: terminal.out() };
}

interface Answer {
  readonly paths: readonly { readonly from: string; readonly steps: readonly { readonly edge: string }[] }[];
  readonly cuts: readonly { readonly from: string; readonly changes: readonly { readonly title: string }[] | null }[];
}

async function ask(...args: readonly string[]): Promise<{ readonly status: number; readonly answer: Answer }> {
  const { status, out } = await run(...args);
  return { status, answer: JSON.parse(out) as Answer };
}

describe("paths", () => {
  it("shows the shortest way of everybody, nearest first, with what cuts it, and exits with 1", async () => {
    const { status, answer } = await ask();
    expect(status).toBe(1);
    expect(answer.paths.map(({ from, steps }) => [from, steps.map(({ edge }) => edge).join(" > ")])).toEqual([
      ["ServiceAccount:ops/root", "CLUSTER_ADMIN"],
      ["ServiceAccount:ci/deployer", "POD_EXEC > POD_TOKEN > CLUSTER_ADMIN"],
    ]);
    expect(answer.cuts.map(({ changes }) => changes?.map(({ title }) => title))).toEqual([
      ["Remove the ClusterRoleBinding root"],
      ["Remove the RoleBinding ops/shell"],
    ]);
  });

  it("proves each step by its rights or facts", async () => {
    const { answer } = await ask("--from", "ServiceAccount:ci/deployer");
    expect(answer.paths[0]?.steps).toMatchObject([
      {
        edge: "POD_EXEC",
        from: "ServiceAccount:ci/deployer",
        state: "active",
        because: [{ request: "create pods/exec in ops", grant: { binding: { name: "shell" } } }],
      },
      { edge: "POD_TOKEN", to: "ServiceAccount:ops/root", because: [{ fact: expect.stringContaining("ops/root-0") }] },
      { edge: "CLUSTER_ADMIN", to: "Takes over the cluster" },
    ]);
  });

  it("tells it in words on a terminal, with the command that stops it", async () => {
    const { out } = await run("--from", "ServiceAccount:ci/deployer", "-o", "table");
    expect(out).toContain("ServiceAccount:ci/deployer to cluster-admin (critical)");
    expect(out).toContain("create pods/exec in ops: RoleBinding ops/shell -> Role ops/shell");
    expect(out).toContain("kubectl delete rolebinding shell -n ops");
  });

  it("exits with 0 where there is no path", async () => {
    expect(await ask("--from", "ServiceAccount:ci/deployer", "--to", "masters")).toEqual({
      status: 0,
      answer: { paths: [], cuts: [] },
    });
    expect((await run("--to", "namespace/ci", "-o", "table", "--from", "ServiceAccount:ci/deployer")).status).toBe(1);
    expect((await run("--to", "masters", "-o", "table")).out).toBe("No path to masters is known.\n");
  });

  it("takes another target, and a limit", async () => {
    const { answer } = await ask("--to", "ServiceAccount:ops/root", "--max", "1");
    expect(answer.paths).toHaveLength(1);
  });

  it.each([
    { name: "a target that is none", args: ["--to", "moon"], code: "invalid_input" },
    { name: "an unknown subject", args: ["--from", "User:nobody"], code: "not_found" },
    { name: "a target that is not there", args: ["--to", "ServiceAccount:nobody/there"], code: "not_found" },
    { name: "a namespace that is not there", args: ["--to", "namespace/nowhere"], code: "not_found" },
    {
      name: "a role of a cloud that nobody has",
      args: ["--to", "cloud/AWS arn:aws:iam::1:role/none"],
      code: "not_found",
    },
    { name: "a limit that is none", args: ["--max", "0"], code: "invalid_input" },
    { name: "an argument too many", args: ["--", "extra"], code: "invalid_input" },
  ])("refuses $name", async ({ args, code }) => {
    await expect(run(...args)).rejects.toMatchObject({ code });
  });
});

it("--check-live needs a live cluster", async () => {
  await expect(run("--check-live")).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining("--context"),
  });
});
