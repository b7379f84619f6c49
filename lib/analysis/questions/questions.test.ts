import { describe, expect, it } from "vitest";
import {
  bindingsQuerySchema,
  permissionsQuerySchema,
  rolesQuerySchema,
  subjectDetailSchema,
  subjectsPageSchema,
  subjectsQuerySchema,
  whoCanPageSchema,
  whoCanQuerySchema,
} from "#lib/contracts/access.ts";
import { EVERYTHING } from "#lib/testing/build-escalations.ts";
import { aPod } from "#lib/testing/build-pods.ts";
import {
  aBinding,
  aClusterRole,
  aGroup,
  anAccount,
  aRole,
  aRule,
  aServiceAccount,
  aUser,
  DEFAULT_LABELS,
  toRole,
} from "#lib/testing/build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { analyzeAccess } from "../analyze-access.ts";
import { analyzeSnapshot } from "../summary.ts";
import { accessOptions } from "./access-options.ts";
import { listPermissions } from "./list-permissions.ts";
import { listSubjects } from "./list-subjects.ts";
import { bindingDetail, listBindings, listRoles, roleDetail } from "./roles-and-bindings.ts";
import { searchObjects } from "./search-objects.ts";
import { subjectDetail } from "./subject-detail.ts";
import { parseQuestion, whoCanPage } from "./who-can-page.ts";

const HOSTILE = "__proto__";
const execRule = aRule({ verbs: ["create"], resources: ["pods/exec"] });

/** boss takes over the cluster, alice may exec in payments, web reads pods there, a hostile user reads everywhere. */
const PARTS: SnapshotParts = {
  serviceAccounts: [aServiceAccount("payments", "web"), aServiceAccount("shop", "boss")],
  pods: [aPod("shop", "boss-0", { spec: { serviceAccountName: "boss" } })],
  clusterRoles: [
    aClusterRole("all", [aRule(EVERYTHING)]),
    aClusterRole("reader", [aRule(), aRule({ resources: ["nodes"] })]),
    aClusterRole("unused", [aRule()], { labels: DEFAULT_LABELS }),
    aClusterRole("aggregate", [aRule()], {
      aggregationSelectors: [{ matchLabels: [["a", "b"]], matchExpressions: [] }],
    }),
  ],
  roles: [aRole("payments", "exec", [execRule])],
  clusterRoleBindings: [
    aBinding({ name: "boss", role: "all", subjects: [anAccount("shop", "boss")] }),
    aBinding({ name: "hostile", role: "reader", subjects: [aUser(HOSTILE), aGroup("constructor")] }),
  ],
  roleBindings: [
    aBinding({ name: "exec", namespace: "payments", role: toRole("exec"), subjects: [aUser("alice")] }),
    aBinding({ name: "read", namespace: "payments", role: "reader", subjects: [anAccount("payments", "web")] }),
    aBinding({ name: "dangling", namespace: "shop", role: "gone", subjects: [anAccount("shop", "ghost")] }),
    aBinding({ name: "empty", namespace: "shop", role: "reader" }),
  ],
};
const analysis = analyzeAccess(aSnapshot(PARTS));
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe("subjects", () => {
  const list = (query: object = {}) => listSubjects(analysis, subjectsQuerySchema.parse(query));

  it("come riskiest first, with a sentence and the shape of the contract", () => {
    const page = list();
    expect(subjectsPageSchema.parse(page)).toEqual(page);
    expect(ids(page.items).slice(0, 2)).toEqual(["ServiceAccount:shop/boss", "User:alice"]);
    expect(page.items[0]).toMatchObject({
      severity: "critical",
      pods: 1,
      sentence: "May do everything to every object in the cluster",
    });
    expect(page.sentence).toBe("1 subject can take over the cluster");
  });

  it.each([
    { name: "by kind", query: { kind: "Group" }, found: ["Group:constructor"] },
    { name: "by severity", query: { severity: "critical" }, found: ["ServiceAccount:shop/boss"] },
    { name: "by namespace", query: { namespace: "payments" }, found: ["ServiceAccount:payments/web"] },
    { name: "by capability", query: { capability: "POD_EXEC" }, found: ["User:alice"] },
    { name: "by words in any case", query: { search: "SHOP Boss" }, found: ["ServiceAccount:shop/boss"] },
    { name: "by a hostile name", query: { search: HOSTILE }, found: [`User:${HOSTILE}`] },
    { name: "to nothing by an unknown capability", query: { capability: HOSTILE }, found: [] },
  ])("are filtered $name", ({ query, found }) => {
    const page = list(query);
    expect(ids(page.items)).toEqual(found);
    expect([page.total, page.all]).toEqual([found.length, 6]);
  });

  it("are sorted by name both ways, and paged", () => {
    const names = list({ sort: "name", order: "asc" }).items.map(({ subject }) => subject.name);
    expect(names).toEqual([...names].sort());
    expect(list({ sort: "name", order: "desc" }).items.map(({ subject }) => subject.name)).toEqual(names.toReversed());
    expect(list({ sort: "name", order: "asc", page: 2, pageSize: 4 }).items.map(({ subject }) => subject.name)).toEqual(
      names.slice(4),
    );
    expect(list({ page: 99 }).items).toEqual([]);
  });

  it("reverse their risk order on request", () => {
    expect(ids(list({ order: "asc" }).items)).toEqual(ids(list().items).toReversed());
  });

  it("unread bindings are no pass", () => {
    const unread = analyzeAccess(
      aSnapshot({
        serviceAccounts: [aServiceAccount("a", "b")],
        gaps: [{ resource: "clusterrolebindings", state: "forbidden" }],
      }),
    );
    const page = listSubjects(unread, subjectsQuerySchema.parse({}));
    expect(page.sentence).toBe("Not known: some roles or bindings could not be read");
    expect(page.items[0]).toMatchObject({ incomplete: true, sentence: "No risk known; not everything could be read" });
    expect(subjectDetail(unread, "ServiceAccount:a/b").sentence).toBe(
      "As far as could be read, a/b holds none of the known ways to escalate.",
    );
  });
});

describe("one subject", () => {
  it("tells capabilities with proof, bindings and pods", () => {
    const detail = subjectDetail(analysis, "ServiceAccount:shop/boss");
    expect(subjectDetailSchema.parse(detail)).toEqual(detail);
    expect(detail.sentence).toContain("shop/boss may do everything to every object in the cluster");
    expect(detail.context).toBe("1 dangerous capability, given by ClusterRoleBinding boss.");
    expect(detail.capabilities.map(({ id }) => id)).toEqual(["CLUSTER_ADMIN"]);
    expect(detail.runs).toMatchObject({ pods: 1, nodes: 1, workloadCount: 1 });
    expect(detail.groups.map(({ name }) => name)).toContain("system:serviceaccounts:shop");
  });

  it.each(["User:nobody", "ServiceAccount:shop/none", "Robot:x", "", "User:", "constructor"])(
    "%j is not found",
    (text) => {
      expect(() => subjectDetail(analysis, text)).toThrow(expect.objectContaining({ code: "not_found" }));
    },
  );
});

describe("permissions", () => {
  const list = (subject: string, query: object = {}) =>
    listPermissions(analysis, subject, permissionsQuerySchema.parse(query));

  it("mark what is dangerous and what has no effect", () => {
    expect(list("User:alice").items).toMatchObject([{ resources: ["pods/exec"], severity: "medium", inert: null }]);
    const web = list("ServiceAccount:payments/web").items;
    expect(web.find(({ resources }) => resources[0] === "nodes")?.inert).toMatch(
      /^Has no effect: the resource has no namespace/,
    );
    expect(list(`User:${HOSTILE}`).items.find(({ resources }) => resources[0] === "nodes")?.inert).toBeNull();
  });

  it.each([
    { name: "the namespace", query: { scope: "ns:payments" }, total: 2 },
    { name: "another namespace", query: { scope: "ns:shop" }, total: 0 },
    { name: "the cluster", query: { scope: "cluster" }, total: 0 },
    { name: "danger", query: { dangerous: "yes" }, total: 0 },
    { name: "a word", query: { search: "nodes" }, total: 1 },
  ])("are filtered by $name", ({ query, total }) => {
    expect(list("ServiceAccount:payments/web", query)).toMatchObject({ total, all: 2 });
  });
});

describe("who-can", () => {
  const ask = (query: object) => whoCanPage(analysis, whoCanQuerySchema.parse(query));

  it.each([
    {
      name: "several kinds",
      query: { verb: "get", resource: "pods" },
      sentence: "1 service account, 1 group and 1 user may get pods",
    },
    {
      name: "a namespace",
      query: { verb: "get", resource: "pods", namespace: "payments" },
      sentence: "2 service accounts, 1 group and 1 user may get pods in payments",
    },
    {
      name: "a name and a subresource",
      query: { verb: "create", resource: "pods/exec", name: "web", namespace: "payments" },
      sentence: "1 service account and 1 user may create pods/exec named web in payments",
    },
    {
      name: "nobody",
      query: { verb: "get", path: "/metrics" },
      sentence: "Nobody may get /metrics, except members of system:masters",
    },
  ])("answers for $name", ({ query, sentence }) => {
    const page = ask(query);
    expect(whoCanPageSchema.parse(page)).toEqual(page);
    expect(page.sentence).toBe(sentence);
    expect(page.items.every(({ grants }) => grants.length > 0)).toBe(true);
  });

  it("never says nobody where bindings could not be read", () => {
    const unread = analyzeAccess(aSnapshot({ gaps: [{ resource: "clusterrolebindings", state: "forbidden" }] }));
    const page = whoCanPage(unread, whoCanQuerySchema.parse({ verb: "get", resource: "pods" }));
    expect(page.sentence).toBe("Nobody known may get pods, but not everything could be read");
    expect(page.gaps).toHaveLength(1);
    expect(page.notes).toContain("Cluster role bindings could not be read: the list is a lower bound.");
  });

  it.each([
    {
      name: "what the cluster does not serve",
      query: { verb: "get", resource: "unicorns" },
      note: /does not serve unicorns/,
    },
    {
      name: "a resource without namespace asked in one",
      query: { verb: "get", resource: "nodes", namespace: "shop" },
      note: /nodes has no namespace/,
    },
    { name: "all namespaces", query: { verb: "get", resource: "pods" }, note: /all namespaces/ },
    {
      name: "a creation with a name",
      query: { verb: "create", resource: "pods", name: "x", namespace: "shop" },
      note: /carries no name/,
    },
  ])("remarks on $name", ({ query, note }) => {
    expect(ask(query).notes.join()).toMatch(note);
  });

  it("keeps the count of all when searching among the answers", () => {
    expect(ask({ verb: "get", resource: "pods", search: HOSTILE })).toMatchObject({ total: 1, all: 3 });
  });

  it.each([
    {
      name: "a bare resource in the group that serves it",
      resource: "deployments",
      read: { apiGroup: "apps", resource: "deployments", subresource: "" },
    },
    { name: "core before other groups", resource: "events", read: { apiGroup: "", resource: "events" } },
    {
      name: "group and subresource",
      resource: "deployments.apps/scale",
      read: { apiGroup: "apps", subresource: "scale" },
    },
    {
      name: "a group with dots",
      resource: "roles.rbac.authorization.k8s.io",
      read: { apiGroup: "rbac.authorization.k8s.io", resource: "roles" },
    },
    { name: "a hostile resource as core", resource: HOSTILE, read: { apiGroup: "", resource: HOSTILE } },
  ])("reads $name", ({ resource, read }) => {
    expect(parseQuestion(analysis, { verb: "get", resource, name: "", namespace: "", path: "" })).toMatchObject(read);
  });

  it.each([{ resource: "pods" }, { verb: "get" }, {}])("refuses an incomplete question %j", (query) => {
    expect(() => ask(query)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});

type Spoken = { readonly name: string; readonly parts: SnapshotParts; readonly sentence: string };

describe("roles and bindings", () => {
  it("rank roles by what they are worth and count their use", () => {
    const page = listRoles(analysis, rolesQuerySchema.parse({}));
    expect(page.items[0]).toMatchObject({ ref: { name: "all" }, severity: "critical", wildcard: true, bindings: 1 });
    expect(page.items[1]).toMatchObject({ ref: { name: "exec", namespace: "payments" }, severity: "medium" });
    expect(page.sentence).toBe("1 role beyond Kubernetes' own uses wildcards, 1 is bound to nobody");
    expect(listRoles(analysis, rolesQuerySchema.parse({ use: "unbound", origin: "system" })).items).toMatchObject([
      { ref: { name: "unused" } },
    ]);
  });

  it("rank bindings by what they give where they are, alone or with another of the same subject", () => {
    const halves = analyzeAccess(
      aSnapshot({
        clusterRoles: [
          aClusterRole("all", [aRule(EVERYTHING)]),
          aClusterRole("binder", [
            aRule({ verbs: ["bind"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"] }),
          ]),
          aClusterRole("creator", [
            aRule({ verbs: ["create"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterrolebindings"] }),
          ]),
          aClusterRole("exec", [execRule]),
          aClusterRole("reader", [aRule()]),
        ],
        clusterRoleBindings: [
          ...["binder", "creator", "reader"].map((role) =>
            aBinding({ name: role, role, subjects: [aUser("promoter")] }),
          ),
          aBinding({ name: "half", role: "binder", subjects: [aUser("alone")] }),
        ],
        roleBindings: [
          aBinding({ name: "all", namespace: "shop", role: "all", subjects: [aUser("owner")] }),
          aBinding({ name: "exec", namespace: "shop", role: "exec", subjects: [aUser("owner")] }),
        ],
      }),
    );
    const found = new Map(
      listBindings(halves, bindingsQuerySchema.parse({})).items.map(({ ref, severity }) => [ref.name, severity]),
    );
    expect(found.get("binder")).toBe("critical");
    expect(found.get("creator")).toBe("critical");
    expect(found.get("reader")).toBeNull();
    expect(found.get("half")).toBeNull();
    expect(found.get("all")).toBe("high");
    expect(found.get("exec")).toBe("medium");
  });

  it("find broken bindings", () => {
    const find = (problem: string) =>
      listBindings(analysis, bindingsQuerySchema.parse({ problem })).items.map(({ ref }) => ref.name);
    expect(find("missing-role")).toEqual(["dangling"]);
    expect(find("missing-subject")).toEqual(["dangling"]);
    expect(find("no-subjects")).toEqual(["empty"]);
    expect(listBindings(analysis, bindingsQuerySchema.parse({})).sentence).toBe(
      "1 binding refers to a missing role, 1 names a missing service account",
    );
  });

  const rolesOf = (parts: SnapshotParts) =>
    listRoles(analyzeAccess(aSnapshot(parts)), rolesQuerySchema.parse({})).sentence;

  it.each([
    { name: "none of their own", parts: {}, sentence: "There is no role beyond Kubernetes' own" },
    {
      name: "none that use wildcards",
      parts: { roles: [aRole("shop", "exec", [execRule])] },
      sentence: "No role beyond Kubernetes' own uses wildcards, 1 is bound to nobody",
    },
    {
      name: "several, all bound",
      parts: {
        clusterRoles: [aClusterRole("all", [aRule(EVERYTHING)]), aClusterRole("too", [aRule(EVERYTHING)])],
        clusterRoleBindings: ["all", "too"].map((role) => aBinding({ name: role, role, subjects: [aUser("eve")] })),
      },
      sentence: "2 roles beyond Kubernetes' own use wildcards, every one is bound",
    },
    {
      name: "some that could not be read",
      parts: { gaps: [{ resource: "roles", state: "forbidden" }] },
      sentence: "There is no role beyond Kubernetes' own, as far as could be read",
    },
  ] satisfies Spoken[])("speak of a cluster with $name", ({ parts, sentence }) => {
    expect(rolesOf(parts)).toBe(sentence);
  });

  const bindingsOf = (parts: SnapshotParts) =>
    listBindings(analyzeAccess(aSnapshot(parts)), bindingsQuerySchema.parse({})).sentence;
  const ghost = { namespace: "shop", role: toRole("exec"), subjects: [anAccount("shop", "ghost")] };
  const roles = [aRole("shop", "exec", [execRule])];

  it.each([
    {
      name: "only bindings that lead somewhere",
      parts: { roles, roleBindings: [aBinding({ ...ghost, name: "fine", subjects: [aUser("alice")] })] },
      sentence: "Every binding refers to a role and to subjects that exist",
    },
    {
      name: "a missing account alone",
      parts: { roles, roleBindings: [aBinding({ ...ghost, name: "ghost" })] },
      sentence: "1 binding names a missing service account",
    },
    {
      name: "missing roles alone",
      parts: {
        roleBindings: ["a", "b"].map((name) =>
          aBinding({ name, namespace: "shop", role: "gone", subjects: [aUser("alice")] }),
        ),
      },
      sentence: "2 bindings refer to a missing role",
    },
    {
      name: "only default bindings of controllers that do not run",
      parts: { roles, roleBindings: [aBinding({ ...ghost, name: "ghost", labels: DEFAULT_LABELS })] },
      sentence: "Every binding beyond Kubernetes' own refers to a role and to subjects that exist",
    },
  ] satisfies Spoken[])("speak of a cluster with $name", ({ parts, sentence }) => {
    expect(bindingsOf(parts)).toBe(sentence);
  });

  it("tell where the rules of an aggregated role come from, and its drift", () => {
    expect(roleDetail(analysis, { kind: "ClusterRole", namespace: "", name: "aggregate" }).aggregation).toEqual({
      selectors: ["a=b"],
      sources: [{ ruleIndex: 0, roles: [] }],
      drift: true,
    });
    expect(roleDetail(analysis, { kind: "Role", namespace: "payments", name: "exec" })).toMatchObject({
      aggregation: null,
      boundBy: [{ binding: { name: "exec" }, subjectCount: 1 }],
    });
  });

  it("are not found under another kind or namespace", () => {
    const missing = expect.objectContaining({ code: "not_found" });
    expect(() => roleDetail(analysis, { kind: "ClusterRole", namespace: "", name: "exec" })).toThrow(missing);
    expect(() => roleDetail(analysis, { kind: "Role", namespace: "shop", name: "exec" })).toThrow(missing);
    expect(() => bindingDetail(analysis, { kind: "RoleBinding", namespace: "", name: "exec" })).toThrow(missing);
    expect(bindingDetail(analysis, { kind: "RoleBinding", namespace: "shop", name: "dangling" })).toMatchObject({
      binding: { roleState: "missing" },
      allSubjects: [{ id: "ServiceAccount:shop/ghost", exists: false }],
    });
  });
});

describe("search", () => {
  it.each([
    { text: "who can get pods", path: "verb=get&resource=pods" },
    { text: "Who may read pods in payments?", path: "verb=get&resource=pods&namespace=payments" },
    { text: "who can delete pods web in namespace shop", path: "verb=delete&resource=pods&name=web&namespace=shop" },
    { text: "who can get pods ?", path: "verb=get&resource=pods" },
    { text: "who can exec pods", path: "verb=create&resource=pods%2Fexec" },
    { text: `who can get ${HOSTILE}`, path: `verb=get&resource=${HOSTILE}` },
    { text: "who can get pods&tab=x", path: "verb=get&resource=pods%26tab%3Dx" },
  ])("understands $text", ({ text, path }) => {
    const { question } = searchObjects(analysis, text);
    expect(question?.path).toBe(`/access?tab=who-can&${path}`);
    expect(question?.sentence).toMatch(/^Who can /);
  });

  it.each(["", "who can", "who can get", "pods", `who can ${"a ".repeat(50_000)}`, "who can get pods in a b c"])(
    "takes other text for names only",
    (text) => {
      expect(searchObjects(analysis, text).question).toBeNull();
    },
  );

  it("finds objects, names escaped in their paths", () => {
    expect(searchObjects(analysis, "boss").objects).toEqual([
      { kind: "ServiceAccount", namespace: "shop", name: "boss", path: "/access/ServiceAccount%3Ashop%2Fboss" },
      { kind: "ClusterRoleBinding", name: "boss", path: "/access?tab=bindings&search=boss" },
    ]);
    expect(searchObjects(analysis, "").objects).toEqual([]);
  });
});

it("options of the form are sorted and hold every verb", () => {
  const { namespaces, resources, verbs } = accessOptions(analysis);
  expect(namespaces).toEqual(["payments", "shop"]);
  expect(resources.map(({ resource }) => resource)).toContain("pods/exec");
  expect(verbs).toContain("escalate");
});

describe("the summary", () => {
  it("names the one subject that takes over the cluster, not one whose name ends alike", () => {
    const parts = {
      clusterRoles: [aClusterRole("all", [aRule(EVERYTHING)]), aClusterRole("reader")],
      clusterRoleBindings: [
        aBinding({ name: "a", role: "reader", subjects: [aUser("admin")] }),
        aBinding({ name: "b", role: "all", subjects: [aUser("ops:admin")] }),
      ],
    };
    const { summary, findings } = analyzeSnapshot(aSnapshot(parts));
    expect(summary.sentence).toBe("ops:admin can take over the cluster");
    expect(summary.worst).toBe("critical");
    expect(findings.map(({ fingerprint }) => fingerprint)).toEqual(["CLUSTER_ADMIN|User:ops:admin"]);
  });

  it("is a pass only when everything was read", () => {
    expect(analyzeSnapshot(aSnapshot()).summary.worst).toBe("pass");
    const { summary } = analyzeSnapshot(aSnapshot({ gaps: [{ resource: "roles", state: "unavailable" }] }));
    expect(summary.worst).toBe("unknown");
  });

  it("is the same twice", () => {
    expect(analyzeSnapshot(aSnapshot(PARTS)).findings).toEqual(analyzeSnapshot(aSnapshot(PARTS)).findings);
  });
});
