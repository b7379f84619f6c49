import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { formatPosition } from "#lib/model/app-error.ts";
import { encodeSnapshot } from "#lib/snapshot/index.ts";
import { loadManifests } from "./load-manifests.ts";

const options = { clusterName: "test", now: new Date("2026-11-23T12:00:00Z") };
const load = (text: string, name = "input.yaml"): Promise<ClusterSnapshot> => loadManifests([{ name, text }], options);
const BINDING = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: x, namespace: team}]
`;
const coverage = (snapshot: ClusterSnapshot, kind: string) => snapshot.coverage.find((entry) => entry.kind === kind);

describe("forms of input", () => {
  it.each([
    { name: "one document", text: "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n" },
    {
      name: "several documents with comments and empty ones",
      text: "---\n# nothing\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n---\n",
    },
    { name: "JSON", text: '{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"a"}}' },
    {
      name: "a List",
      text: '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"a"}}]}',
    },
    {
      name: "a typed list",
      text: '{"apiVersion":"v1","kind":"ServiceAccountList","items":[{"metadata":{"name":"a"}}]}',
    },
    { name: "a JSON array", text: '[{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"a"}}]' },
    {
      name: "a List in a List",
      text: '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"a"}}]}]}',
    },
    { name: "a byte order mark", text: "\ufeffapiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n" },
    { name: "merge keys", text: "x: &x {name: a}\napiVersion: v1\nkind: ServiceAccount\nmetadata: {<<: *x}\n" },
  ])("reads $name", async ({ text }) => {
    const { objects } = await load(text);
    expect(objects.serviceAccounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      "default/a",
    ]);
    expect(objects.namespaces.map(({ metadata }) => metadata.name)).toEqual(["default"]);
  });

  it("reads yes and no as Kubernetes does", async () => {
    const { objects } = await load(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostNetwork: yes, hostPID: off, containers: []}\n",
    );
    expect(objects.pods[0]?.spec).toMatchObject({ hostNetwork: true, hostPID: false });
  });

  it("reads a stream", async () => {
    const { source } = await loadManifests(
      [{ stdin: Readable.from([BINDING.slice(0, 20), BINDING.slice(20)]) }],
      options,
    );
    expect(source).toEqual({ type: "manifests", files: 1, documents: 1 });
  });
});

describe("directories", () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "kordon-manifests-"));
    const account = (name: string): string => `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}}\n`;
    await mkdir(join(root, "tree", "sub"), { recursive: true });
    await mkdir(join(root, "tree", ".hidden"));
    await writeFile(join(root, "outside.yaml"), account("outside"));
    await writeFile(join(root, "tree", "b.yml"), account("b"));
    await writeFile(
      join(root, "tree", "sub", "a.json"),
      JSON.stringify({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "a" } }),
    );
    await writeFile(join(root, "tree", "readme.md"), "not: [yaml");
    await writeFile(join(root, "tree", ".hidden", "c.yaml"), account("hidden"));
    await symlink(join(root, "outside.yaml"), join(root, "tree", "link.yaml"));
    await symlink(root, join(root, "tree", "loop"));
    await symlink(join(root, "nowhere.yaml"), join(root, "tree", "broken.yaml"));
    await symlink(join(root, "tree", "b.yml"), join(root, "tree", "inside.yaml"));
  });
  afterAll(() => rm(root, { recursive: true }));

  it("reads them recursively and follows no link out of them", async () => {
    const { objects, source } = await loadManifests([{ path: join(root, "tree") }], options);
    expect(objects.serviceAccounts.map(({ metadata }) => metadata.name)).toEqual(["a", "b"]);
    expect(source).toMatchObject({ files: 3 });
  });

  it("names a path that is not there", async () => {
    await expect(loadManifests([{ path: join(root, "missing") }], options)).rejects.toMatchObject({
      code: "invalid_input",
      position: { file: join(root, "missing") },
    });
  });

  it("refuses a file that is not text", async () => {
    await writeFile(join(root, "latin.yaml"), Buffer.from([0x61, 0x3a, 0x20, 0xe4]));
    await expect(loadManifests([{ path: join(root, "latin.yaml") }], options)).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

describe("errors", () => {
  it.each([
    { name: "broken YAML", file: "a.yaml", text: "a: 1\nb: [\n", place: "a.yaml:3:1" },
    { name: "a duplicate key", file: "a.yaml", text: "a: 1\na: 2\n", place: "a.yaml:2:1" },
    { name: "a tab", file: "a.yaml", text: "a:\n\tb: 1\n", place: "a.yaml:2:1" },
    { name: "broken JSON", file: "a.json", text: '{\n  "a": x\n}', place: "a.json:2:8" },
    { name: "cut JSON", file: "a.json", text: '{\n  "a": [1,', place: "a.json:2:11" },
    { name: "a template", file: "a.yaml", text: "a: {{ .Values.x }}-b\n", place: "a.yaml:1:" },
  ])("$name gives file, line and column", async ({ file, text, place }) => {
    const error: unknown = await load(text, file).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "invalid_input" });
    const position = (error as { position?: Parameters<typeof formatPosition>[0] }).position; // an AppError, as checked above
    expect(formatPosition(position)).toContain(place);
  });

  it.each([
    {
      name: "an alias bomb",
      text: `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
    },
    { name: "deep JSON", text: "[".repeat(5000) + "]".repeat(5000) },
    { name: "deep YAML", text: `a: ${"[".repeat(500)}${"]".repeat(500)}` },
    { name: "no object", text: "a: 1\n" },
    { name: "nothing", text: "" },
    { name: "words", text: "hello" },
  ])("refuses $name", async ({ text }) => {
    await expect(load(text)).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("loads nothing when one of many files is broken", async () => {
    await expect(
      loadManifests(
        [
          { name: "good.yaml", text: BINDING },
          { name: "bad.yaml", text: "a: [" },
        ],
        options,
      ),
    ).rejects.toMatchObject({ position: { file: "bad.yaml" } });
  });
});

describe("what is taken for granted", () => {
  it("adds only the built-in roles that bindings name, and says so", async () => {
    const { objects, assumptions } = await load(BINDING);
    expect(objects.clusterRoles.map(({ metadata }) => metadata.name)).toEqual(["cluster-admin"]);
    expect(objects.clusterRoles[0]?.rules[0]).toMatchObject({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] });
    expect(assumptions.join(" ")).toContain("cluster-admin");
  });

  it("adds those that a rule lets be bound", async () => {
    const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: binder, namespace: shop}
rules: [{verbs: [bind], apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [admin, own]}]`;
    const { objects } = await load(role);
    expect(objects.clusterRoles.map(({ metadata }) => metadata.name)).toEqual(["admin"]);
  });

  it.each([
    { name: "default", found: ["team/default"], said: true },
    { name: "x", found: [], said: false },
  ])("a binding's account $name exists by itself: $said", async ({ name, found, said }) => {
    const { objects, assumptions } = await load(
      BINDING.replace("name: x,", `name: ${name},`) + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n",
    );
    expect(objects.serviceAccounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(found);
    expect(assumptions.join(" ").includes("The service account default")).toBe(said);
  });

  it.each([
    { name: "the accounts of a namespace", group: "system:serviceaccounts:team", found: ["team/default"] },
    { name: "all accounts", group: "system:serviceaccounts", found: ["shop/default", "team/default"] },
    { name: "accounts of a namespace that is not there", group: "system:serviceaccounts:gone", found: [] },
    { name: "everybody signed in", group: "system:authenticated", found: [] },
  ])("a binding for $name counts for the account default", async ({ group, found }) => {
    const binding = JSON.stringify({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "b" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: group }],
    });
    const namespaces = ["shop", "team"].map(
      (name) => `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`,
    );
    const { objects } = await load(`${binding}\n${namespaces.join("")}`);
    expect(objects.serviceAccounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(found);
  });

  it("adds no account to a namespace that the input does not know", async () => {
    expect((await load(BINDING.replace("name: x,", "name: default,"))).objects.serviceAccounts).toEqual([]);
  });

  it("puts what names no namespace where it is told, and says so", async () => {
    const objects = [
      "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}",
      "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: b, namespace: shop}",
      BINDING,
    ].join("\n---\n");
    const snapshot = await loadManifests([{ name: "input.yaml", text: objects }], { ...options, namespace: "team" });
    expect(snapshot.objects.serviceAccounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      "shop/b",
      "team/a",
    ]);
    expect(snapshot.assumptions.join(" ")).toMatch(/1 object that names no namespace is taken to be in team\./);
  });

  it("keeps a role of the input and adds none when the input has built-in roles", async () => {
    const own =
      "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: cluster-admin}\nrules: []\n";
    expect((await load(BINDING + own)).objects.clusterRoles[0]?.rules).toEqual([]);
    const builtIn =
      "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: view, labels: {kubernetes.io/bootstrapping: rbac-defaults}}\nrules: []\n";
    expect((await load(BINDING + builtIn)).objects.clusterRoles.map(({ metadata }) => metadata.name)).toEqual(["view"]);
  });

  describe("rules of aggregated roles", () => {
    const role = (name: string, more: object) =>
      `---\n${JSON.stringify({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, ...more })}\n`;
    const rule = (resource: string) => ({ verbs: ["get"], apiGroups: ["e.x"], resources: [resource] });
    const gathers = (label: string) => ({ clusterRoleSelectors: [{ matchLabels: { [label]: "true" } }] });
    const resourcesOf = ({ objects }: ClusterSnapshot, name: string) =>
      objects.clusterRoles
        .find(({ metadata }) => metadata.name === name)
        ?.rules.filter(({ apiGroups }) => apiGroups.includes("e.x"))
        .flatMap(({ resources }) => resources);
    const source = role("source", { metadata: { name: "source", labels: { one: "true" } }, rules: [rule("a")] });

    it("are gathered where none are written, also over several roles, and said", async () => {
      const snapshot = await load(
        source +
          role("inner", { metadata: { name: "inner", labels: { two: "true" } }, aggregationRule: gathers("one") }) +
          role("outer", { aggregationRule: gathers("two"), rules: [] }) +
          role("nothing", { aggregationRule: gathers("three"), rules: [] }),
      );
      expect(["inner", "outer", "nothing"].map((name) => resourcesOf(snapshot, name))).toEqual([["a"], ["a"], []]);
      expect(snapshot.assumptions.join(" ")).toContain("from the ClusterRoles of the input: inner, outer.");
    });

    it.each([
      { name: "that are written", more: { rules: [rule("b")] }, found: ["b"] },
      { name: "of an object that was read from a cluster", more: { metadata: { name: "r", uid: "1" } }, found: [] },
      { name: "without an aggregation rule", more: { aggregationRule: null, rules: [] }, found: [] },
    ])("stay as they are: $name", async ({ more, found }) => {
      const snapshot = await load(source + role("r", { aggregationRule: gathers("one"), ...more }));
      expect(resourcesOf(snapshot, "r")).toEqual(found);
      expect(snapshot.assumptions.join(" ")).not.toContain("gathers");
    });

    it("reach the built-in roles that bindings name", async () => {
      const label = "rbac.authorization.k8s.io/aggregate-to-view";
      const viewed = role("viewed", { metadata: { name: "viewed", labels: { [label]: "true" } }, rules: [rule("a")] });
      const snapshot = await load(BINDING.replace("cluster-admin", "admin") + viewed);
      expect(resourcesOf(snapshot, "admin")).toEqual(["a"]);
      expect(snapshot.objects.clusterRoles.map(({ metadata }) => metadata.name)).toEqual(["admin", "viewed"]);
      expect(snapshot.assumptions.join(" ")).toContain("from the ClusterRoles of the input: admin.");
    });

    it("of built-in roles are the recorded ones where the input adds nothing", async () => {
      expect((await load(BINDING.replace("cluster-admin", "admin"))).assumptions.join(" ")).not.toContain("gathers");
    });
  });

  it("fills API resources, with those that the input defines", async () => {
    const definition =
      "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: w.e.x}\nspec: {group: e.x, scope: Namespaced, names: {plural: w, kind: W}, versions: [{name: v1, served: true, schema: {}}, {name: v0, served: false}]}\n";
    const { apiResources } = await load(BINDING + definition);
    expect(apiResources).toContainEqual(
      expect.objectContaining({ group: "", resource: "pods/exec", namespaced: true }),
    );
    expect(apiResources.filter(({ group }) => group === "e.x")).toEqual([
      expect.objectContaining({ version: "v1", resource: "w", kind: "W", namespaced: true }),
    ]);
  });

  it("lets the last of equal objects count, and says so", async () => {
    const account = (secret: string): string =>
      `---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\nsecrets: [{name: ${secret}}]\n`;
    const { objects, assumptions } = await load(account("one") + account("two"));
    expect(objects.serviceAccounts.map(({ secrets }) => secrets)).toEqual([["two"]]);
    expect(assumptions[0]).toMatch(/^1 object occurs more than once/);
  });
});

describe("Secrets that hold a token of a service account", () => {
  const CANARY = "secret-canary";
  const account = (name: string, more: object = {}) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace: "team", ...more },
  });
  const secret = (
    name: string,
    of: string,
    {
      type = "kubernetes.io/service-account-token",
      ...more
    }: { readonly type?: string; readonly namespace?: string; readonly labels?: object } = {},
  ) => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace: "team", annotations: { "kubernetes.io/service-account.name": of }, ...more },
    type,
    data: { [`key-${CANARY}`]: CANARY },
  });
  const documents = (...objects: readonly object[]) => objects.map((object) => JSON.stringify(object)).join("\n---\n");
  const tokensOf = ({ objects }: ClusterSnapshot) =>
    objects.serviceAccounts.map(
      ({ metadata, tokenSecrets }) =>
        `${metadata.namespace}/${metadata.name}: ${tokenSecrets === undefined ? "-" : tokenSecrets.join()}`,
    );
  const without = (object: ReturnType<typeof secret>, field: "namespace" | "name" | "annotations") => {
    const { [field]: _, ...metadata } = object.metadata;
    return { ...object, metadata };
  };

  it.each<{ name: string; objects: readonly object[]; tokens: readonly string[] }>([
    { name: "after the account", objects: [account("a"), secret("t", "a")], tokens: ["team/a: t"] },
    { name: "before the account", objects: [secret("t", "a"), account("a")], tokens: ["team/a: t"] },
    {
      name: "several of one account, sorted",
      objects: [secret("u", "a"), account("a"), secret("t", "a"), account("b")],
      tokens: ["team/a: t,u", "team/b: -"],
    },
    {
      name: "in a List",
      objects: [{ apiVersion: "v1", kind: "List", items: [secret("t", "a"), account("a")] }],
      tokens: ["team/a: t"],
    },
    {
      name: "in a typed list",
      objects: [account("a"), { apiVersion: "v1", kind: "SecretList", items: [secret("t", "a")] }],
      tokens: ["team/a: t"],
    },
    { name: "of another type", objects: [account("a"), secret("t", "a", { type: "Opaque" })], tokens: ["team/a: -"] },
    {
      name: "of a type that looks alike",
      objects: [account("a"), secret("t", "a", { type: "kubernetes.io/Service-Account-Token" })],
      tokens: ["team/a: -"],
    },
    {
      name: "of the account of that name in another namespace",
      objects: [account("a"), secret("t", "a", { namespace: "shop" })],
      tokens: ["team/a: -"],
    },
    {
      name: "that names no account",
      objects: [account("a"), without(secret("t", "a"), "annotations")],
      tokens: ["team/a: -"],
    },
    { name: "without a name", objects: [account("a"), without(secret("t", "a"), "name")], tokens: ["team/a: -"] },
    { name: "of an account that is not there", objects: [account("a"), secret("t", "b")], tokens: ["team/a: -"] },
    {
      name: "of the account default, which is always there",
      objects: [secret("t", "default")],
      tokens: ["team/default: t"],
    },
    {
      name: "of another API group",
      objects: [account("a"), { ...secret("t", "a"), apiVersion: "example.com/v1" }],
      tokens: ["team/a: -"],
    },
    {
      name: "that another one of its name replaces",
      objects: [
        account("a"),
        account("b"),
        secret("t", "a"),
        secret("t", "b"),
        secret("u", "a"),
        secret("u", "a", { type: "Opaque" }),
      ],
      tokens: ["team/a: -", "team/b: t"],
    },
    {
      name: "beside those that the account lists",
      objects: [{ ...account("a"), secrets: [{ name: "a-token-x" }] }, secret("t", "a")],
      tokens: ["team/a: t"],
    },
  ])("stand at the account: $name", async ({ objects, tokens }) => {
    expect(tokensOf(await load(documents(...objects)))).toEqual(tokens);
  });

  it("are found over several inputs", async () => {
    const inputs = [secret("t", "a"), account("a")].map((object, index) => ({
      name: `${index}.json`,
      text: JSON.stringify(object),
    }));
    expect(tokensOf(await loadManifests(inputs, options))).toEqual(["team/a: t"]);
  });

  it("lie where they are told when they name no namespace", async () => {
    const text = documents(account("a", { namespace: "lab" }), without(secret("t", "a"), "namespace"));
    const snapshot = await loadManifests([{ name: "x", text }], { ...options, namespace: "lab" });
    expect(tokensOf(snapshot)).toEqual(["lab/a: t"]);
    expect(snapshot.assumptions.join(" ")).toContain("1 object that names no namespace is taken to be in lab.");
    expect(tokensOf(await load(text))).toEqual(["lab/a: -"]);
  });

  it("are known by name alone: nothing else of any Secret is kept", async () => {
    const odd = { [`note-${CANARY}`]: CANARY, "kubectl.kubernetes.io/last-applied-configuration": CANARY };
    const annotated = secret("t", "a", { labels: { [CANARY]: CANARY } });
    const snapshot = await load(
      documents(
        account("a"),
        {
          ...annotated,
          metadata: { ...annotated.metadata, annotations: { ...annotated.metadata.annotations, ...odd } },
        },
        { ...secret("u", "a"), stringData: { token: CANARY }, immutable: true },
        secret(`v-${CANARY}`, `b-${CANARY}`),
        secret(`w-${CANARY}`, "a", { type: "Opaque" }),
      ),
    );
    expect(tokensOf(snapshot)).toEqual(["team/a: t,u"]);
    const { header, chunks } = encodeSnapshot(snapshot);
    expect([JSON.stringify(snapshot), header, ...chunks.map(({ text }) => text)].join()).not.toContain("canary");
  });

  it.each([
    { name: "no Secret", objects: [account("a")], said: [], skipped: 0 },
    {
      name: "none with a token",
      objects: [secret("t", "a", { type: "Opaque" })],
      said: ["none holds a token"],
      skipped: 1,
    },
    {
      name: "one of two",
      objects: [account("a"), secret("t", "a"), secret("u", "a", { type: "Opaque" })],
      said: ["1 of 2 holds a token"],
      skipped: 1,
    },
    {
      name: "two of two",
      objects: [account("a"), secret("t", "a"), secret("u", "a")],
      said: ["2 of 2 hold a token"],
      skipped: 0,
    },
    {
      name: "one without its account",
      objects: [secret("t", "b")],
      said: ["none holds a token", "1 token Secret is left out: the input does not hold the service account."],
      skipped: 0,
    },
  ])("are said to have been looked at: $name", async ({ objects, said, skipped }) => {
    const snapshot = await load(documents(...objects));
    const sentences = snapshot.assumptions.filter((text) => text.includes("Secret"));
    expect(sentences).toHaveLength(said.length);
    for (const [index, part] of said.entries()) expect(sentences[index]).toContain(part);
    expect(snapshot.skipped).toEqual(skipped === 0 ? [] : [{ apiVersion: "v1", kind: "Secret", objects: skipped }]);
  });

  it("make their namespace exist, and say so of the account default", async () => {
    const { objects, assumptions } = await load(JSON.stringify(secret("t", "default")));
    expect(objects.namespaces.map(({ metadata }) => metadata.name)).toEqual(["team"]);
    expect(assumptions.join(" ")).toContain("The service account default, which every namespace has, is taken as");
  });
});

describe("what is not read", () => {
  it("counts kinds that Kordon does not read, never their content", async () => {
    const secret =
      "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: c2VjcmV0LWNhbmFyeQ==}\nstringData: {b: secret-canary}\n";
    const snapshot = await load(`${BINDING}${secret}---\nvalues: true\n`);
    expect(snapshot.skipped).toEqual([
      { apiVersion: "", kind: "", objects: 1 },
      { apiVersion: "v1", kind: "Secret", objects: 1 },
    ]);
    expect(JSON.stringify(snapshot)).not.toMatch(/canary|c2VjcmV0/);
  });

  it("counts broken objects and versions that it does not know as gaps", async () => {
    const broken =
      "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {}\n---\napiVersion: rbac.authorization.k8s.io/v1beta1\nkind: Role\nmetadata: {name: old}\nrules: []\n";
    const snapshot = await load(BINDING + broken);
    for (const kind of ["ServiceAccount", "Role"]) {
      expect(coverage(snapshot, kind)).toMatchObject({
        state: "partial",
        reason: "invalid-objects",
        detail: "1 left out",
      });
    }
  });

  it("calls desired state complete and what only a running cluster has not in the input", async () => {
    const snapshot = await load(BINDING);
    expect(coverage(snapshot, "ClusterRoleBinding")).toMatchObject({ state: "complete", objects: 1 });
    expect(coverage(snapshot, "RoleBinding")).toMatchObject({ state: "complete", reason: "not-in-input" });
    expect(coverage(snapshot, "Node")).toMatchObject({ state: "unavailable", reason: "not-in-input" });
  });
});

const fixtures = process.env.KORDON_FIXTURES;
describe.skipIf(fixtures === undefined)("fixtures that nobody here wrote (KORDON_FIXTURES)", () => {
  it.each(["argo-cd", "kube-prometheus", "kubernetes-goat", "microservices-demo"])(
    "loads real-world/%s whole",
    async (name) => {
      const snapshot = await loadManifests([{ path: join(fixtures ?? "", "real-world", name) }], options);
      expect(snapshot.coverage.filter(({ state }) => state === "partial")).toEqual([]);
      expect(snapshot.objects.workloads.length).toBeGreaterThan(3);
    },
  );

  it("loads a dump of kubectl", async () => {
    const snapshot = await loadManifests([{ path: join(fixtures ?? "", "rbac/seed-1/effective.json") }], options);
    expect(snapshot.objects.clusterRoles.length).toBe(117);
    expect(snapshot.assumptions.length).toBe(1);
  });
});
