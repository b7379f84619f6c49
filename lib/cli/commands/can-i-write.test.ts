import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aTerminal } from "#lib/testing/build-terminal.ts";
import { canI } from "./can-i.ts";

/** Alice writes ClusterRoles and bindings in payments, may read pods everywhere, and may bind the ClusterRole admin there. */
const MANIFESTS = `
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: alice},
 rules: [{verbs: [create, update], apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles, rolebindings]},
         {verbs: [get, list], apiGroups: [""], resources: [pods]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: alice},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: alice},
 subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: alice}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: binder, namespace: payments},
 rules: [{verbs: [bind], apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [powerful]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: binder, namespace: payments},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: binder},
 subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: alice}]}
`;
const API = "rbac.authorization.k8s.io/v1";
const PODS = {
  apiVersion: API,
  kind: "ClusterRole",
  metadata: { name: "pods" },
  rules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }],
};
const MORE = {
  ...PODS,
  metadata: { name: "more" },
  rules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods", "secrets"] }],
};
const BINDING = {
  apiVersion: API,
  kind: "RoleBinding",
  metadata: { name: "b", namespace: "payments" },
  roleRef: { kind: "ClusterRole", name: "powerful" },
};

let folder = "";
let source = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kordon-cli-"));
  source = join(folder, "cluster.yaml");
  await writeFile(source, MANIFESTS);
});
afterAll(async () => rm(folder, { recursive: true }));

async function ask(args: readonly string[], stdin = "") {
  const terminal = aTerminal({ stdin });
  const status = await canI.run(["--manifests", source, ...args], terminal);
  return { status, out: terminal.out() };
}

async function write(verb: string, text: string, args: readonly string[] = []) {
  const { status, out } = await ask(["--as", "alice", ...args, verb, "-f", "-"], text);
  return { status, value: JSON.parse(out) as unknown };
}

describe("built-in roles that the manifests do not name", () => {
  const object = { ...BINDING, roleRef: { kind: "ClusterRole", name: "system:public-info-viewer" } };
  const denied = { decision: "denied", reason: "rights-not-held" };

  it("can be bound, by a file and in a batch", async () => {
    expect(await write("create", JSON.stringify(object))).toMatchObject({ value: denied });
    const { out } = await ask(["--batch", "-"], JSON.stringify({ user: "alice", verb: "create", object }));
    expect(JSON.parse(out)).toMatchObject(denied);
  });

  it("are taken as names", async () => {
    const view = { ...PODS, metadata: { name: "view" } };
    expect(await write("create", JSON.stringify(view))).toMatchObject({ value: { reason: "exists" } });
  });
});

describe("can-i create -f", () => {
  it("proves an allowed write", async () => {
    expect(await write("create", JSON.stringify(PODS))).toMatchObject({
      status: 0,
      value: {
        decision: "allowed",
        reason: "rights-held",
        object: { kind: "ClusterRole", name: "pods" },
        grant: { ruleIndex: 0 },
      },
    });
  });

  it("names the missing rights", async () => {
    const missing = [
      { verbs: ["get"], apiGroups: [""], resources: ["secrets"], resourceNames: [], nonResourceURLs: [] },
    ];
    const { status, value } = await write("create", JSON.stringify(MORE));
    expect({ status, value }).toMatchObject({
      status: 1,
      value: { decision: "denied", reason: "rights-not-held", missing },
    });
  });

  it("answers every document and list item in order; one no is a no", async () => {
    const list = { apiVersion: "v1", kind: "List", items: [MORE, BINDING] };
    const text = `---\n${JSON.stringify(PODS)}\n---\n${JSON.stringify(list)}\n---\n`;
    expect(await write("create", text)).toMatchObject({
      status: 1,
      value: [
        { decision: "allowed" },
        { decision: "denied" },
        { decision: "allowed", reason: "bind", explicit: { role: { name: "binder" } } },
      ],
    });
  });

  it("takes the namespace of the request for an object without one", async () => {
    const text = JSON.stringify({ ...BINDING, metadata: { name: "b" } });
    expect(await write("create", text, ["-n", "payments"])).toMatchObject({ status: 0 });
    expect(await write("create", text)).toMatchObject({ status: 1, value: { object: { namespace: "default" } } });
  });

  it("reads update as a PUT", async () => {
    const text = JSON.stringify({ ...PODS, metadata: { name: "alice" } });
    expect(await write("update", text)).toMatchObject({ status: 0, value: { reason: "rights-held" } });
    expect(await write("create", text)).toMatchObject({ status: 1, value: { reason: "exists" } });
  });

  it("tells in a table what is missing", async () => {
    const { out } = await ask(["--as", "alice", "-o", "table", "create", "-f", "-"], JSON.stringify(MORE));
    expect(out).toBe(
      "ClusterRole more: no, it gives rights that the user does not hold:\nVERBS  API GROUPS  RESOURCES  NAMES\nget    core        secrets    \n",
    );
  });

  it("shows hostile names as text", async () => {
    const text = JSON.stringify({ ...PODS, metadata: { name: "\u202e\u001b[31m" } });
    const { out } = await ask(["--as", "alice", "-o", "table", "create", "-f", "-"], text);
    for (const character of ["\u202e", "\u001b"]) expect(out).not.toContain(character);
  });

  it.each([
    { name: "YAML that does not parse", text: "a: 1\nb: [\n", position: { file: "-", line: 3 } },
    { name: "JSON that does not parse", text: '{"kind":\n "Role",,}', position: { file: "-", line: 2 } },
    { name: "another kind", text: "apiVersion: v1\nkind: Pod\n", position: { field: "document 1: apiVersion" } },
    {
      name: "another version",
      text: JSON.stringify({ ...PODS, apiVersion: "rbac.authorization.k8s.io/v1beta1" }),
      position: { file: "-" },
    },
    {
      name: "a value of another type",
      text: JSON.stringify({ ...PODS, rules: [{ verbs: "get" }] }),
      position: { field: "document 1: rules[0].verbs" },
    },
    { name: "no object", text: "---\n", position: { file: "-" } },
    {
      name: "an object of another namespace",
      args: ["-n", "shop"],
      text: JSON.stringify(BINDING),
      position: { field: "document 1: metadata.namespace" },
    },
    { name: "another verb", verb: "delete", text: JSON.stringify(PODS) },
    { name: "a resource beside the file", args: ["clusterroles"], text: JSON.stringify(PODS) },
  ])("refuses $name", async ({ verb = "create", args = [], text, position }) => {
    const failure = write(verb, text, args);
    await expect(failure).rejects.toMatchObject({ code: "invalid_input", ...(position ? { position } : {}) });
  });

  it("refuses one standard input for source and object", async () => {
    const terminal = aTerminal({ stdin: MANIFESTS });
    const failure = canI.run(["--manifests", "-", "--as", "alice", "create", "-f", "-"], terminal);
    await expect(failure).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("can-i --batch with objects", () => {
  it("answers between other requests, in order", async () => {
    const lines = [
      { user: "alice", verb: "create", object: PODS },
      { user: "alice", verb: "get", resource: "pods" },
      { user: "alice", verb: "create", object: MORE },
      { user: "alice", verb: "create", namespace: "payments", object: { ...BINDING, metadata: { name: "b" } } },
      { user: "bob", groups: ["system:masters"], verb: "update", object: MORE },
    ];
    const { status, out } = await ask(["--batch", "-"], lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const answers = out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { decision: string }).decision);
    expect({ status, answers }).toEqual({ status: 0, answers: ["allowed", "allowed", "denied", "allowed", "allowed"] });
  });

  it.each([
    { name: "another verb", line: { user: "alice", verb: "patch", object: PODS } },
    { name: "another kind", line: { user: "alice", verb: "create", object: { apiVersion: "v1", kind: "Pod" } } },
    { name: "null", line: { user: "alice", verb: "create", object: null } },
  ])("stops at $name and names its line", async ({ line }) => {
    const failure = ask(["--batch", "-"], `\n${JSON.stringify(line)}\n`);
    await expect(failure).rejects.toMatchObject({ code: "invalid_input", position: { file: "-", line: 2 } });
  });
});
