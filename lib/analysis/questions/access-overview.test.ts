import { describe, expect, it } from "vitest";
import { subjectsQuerySchema, rolesQuerySchema } from "#lib/contracts/access.ts";
import { accessOverviewSchema } from "#lib/contracts/access-overview.ts";
import { aGrantedCluster, EVERYTHING, type GivenGrant } from "#lib/testing/build-escalations.ts";
import {
  aBinding,
  aClusterRole,
  aGroup,
  anAccount,
  aRule,
  aServiceAccount,
  aUser,
  DEFAULT_LABELS,
} from "#lib/testing/build-rbac.ts";
import { aSnapshot, defaultRbac, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { analyzeAccess } from "../analyze-access.ts";
import { dangerousBindings } from "../overview/dangerous-bindings.ts";
import { accessOverview } from "./access-overview.ts";
import { listSubjects } from "./list-subjects.ts";
import { listRoles } from "./roles-and-bindings.ts";

const HOSTILE = "__proto__";
const exec = { verbs: ["create"], resources: ["pods/exec"] };
const forbidden = (resource: string, namespace?: string) => ({
  resource,
  state: "forbidden" as const,
  reason: "forbidden" as const,
  ...(namespace === undefined ? {} : { namespace }),
});

function ask(parts: SnapshotParts) {
  return accessOverviewSchema.parse(structuredClone(accessOverview(analyzeAccess(aSnapshot(parts)))));
}
const granted = (...grants: readonly GivenGrant[]) => aGrantedCluster(...grants);
const stops = ({ takeover }: ReturnType<typeof ask>) =>
  takeover.bindings.map(({ binding, losing }) => [binding.name, losing.count]);

/** One binding of cluster-admin to these users. */
function sharedBy(...names: readonly string[]): SnapshotParts {
  return {
    clusterRoles: [aClusterRole("cluster-admin", [aRule(EVERYTHING)])],
    clusterRoleBindings: [aBinding({ name: "admins", role: "cluster-admin", subjects: names.map(aUser) })],
  };
}

describe("bindings to remove first", () => {
  it("come by how many subjects they stop alone", () => {
    const answer = ask({
      ...sharedBy("alice", "bob", "carol"),
      clusterRoleBindings: [
        aBinding({ name: "a-single", role: "cluster-admin", subjects: [aUser("dave")] }),
        aBinding({ name: "shared", role: "cluster-admin", subjects: ["alice", "bob", "carol"].map(aUser) }),
      ],
    });
    expect(stops(answer)).toEqual([
      ["shared", 3],
      ["a-single", 1],
    ]);
    expect(answer.takeover).toMatchObject({ reaching: 4, candidates: 2, evaluated: 2, mostLeft: 0, together: 4 });
    expect(answer.takeover.bindings[0]?.losing.subjects.map(formatSubject)).toEqual([
      "User:alice",
      "User:bob",
      "User:carol",
    ]);
    expect(answer.sentence).toBe("4 subjects reach cluster-admin; removing one binding stops 3");
    expect(answer.context).toBe("Start with the ClusterRoleBinding shared.");
  });

  it("count those who only lead there through somebody else", () => {
    const answer = ask(granted({ rules: [exec], in: "ops" }, { rules: [exec], in: "ops", to: aUser("bob") }));
    expect(stops(answer)).toEqual([
      ["root", 3],
      ["binding-0", 1],
      ["binding-1", 1],
    ]);
  });

  it("count those who could only join what is removed", () => {
    const group = "rbac.authorization.k8s.io";
    const joins = [
      { verbs: ["update"], apiGroups: [group], resources: ["clusterrolebindings"] },
      { verbs: ["bind"], apiGroups: [group], resources: ["clusterroles"], resourceNames: ["strong"] },
    ];
    const answer = ask({
      clusterRoles: [aClusterRole("strong", [aRule(EVERYTHING)]), aClusterRole("joins", joins.map(aRule))],
      clusterRoleBindings: [
        aBinding({ name: "joining-1", role: "joins", subjects: [aUser("alice")] }),
        aBinding({ name: "joining-2", role: "joins", subjects: [aUser("alice")] }),
        aBinding({ name: "strong", role: "strong", subjects: [aUser("bob")] }),
      ],
    });
    expect(stops(answer)).toEqual([["strong", 2]]);
  });

  it("stop nobody who has a second way", () => {
    const answer = ask({
      ...sharedBy("alice"),
      clusterRoleBindings: ["one", "two"].map((name) =>
        aBinding({ name, role: "cluster-admin", subjects: [aUser("alice")] }),
      ),
    });
    expect(answer.takeover).toMatchObject({ reaching: 1, candidates: 0, bindings: [] });
    expect(answer.sentence).toBe("1 subject reaches cluster-admin, and no single binding stops it");
  });

  it("leave out what the API server makes again, and Kubernetes' own components", () => {
    const { takeover, sentence, massGrants, looseEnds } = ask(defaultRbac());
    expect(takeover.bindings).toEqual([]);
    expect(takeover.reaching).toBe(0);
    expect(sentence).toBe("No known way leads to cluster-admin beyond Kubernetes' own components");
    expect(massGrants.count).toBe(0);
    expect(looseEnds.ends.map(({ count }) => count)).toEqual([0, 0, 0, 0]);
  });

  it("name what hostile names name", () => {
    const [first] = ask(sharedBy(HOSTILE, "constructor")).takeover.bindings;
    expect(first?.losing).toMatchObject({ count: 2, subjects: [{ name: HOSTILE }, { name: "constructor" }] });
  });

  it("are shown at most as many as asked for, and what was not tried cannot stop more", () => {
    const names = Array.from({ length: 30 }, (_, index) => `user-${index}`);
    const analysis = analyzeAccess(
      aSnapshot({
        ...sharedBy(),
        clusterRoleBindings: [
          aBinding({ name: "shared", role: "cluster-admin", subjects: ["alice", "bob"].map(aUser) }),
          ...names.map((name) => aBinding({ name, role: "cluster-admin", subjects: [aUser(name)] })),
        ],
      }),
    );
    const found = dangerousBindings(analysis, 1);
    expect(found).toMatchObject({ candidates: 31, evaluated: 1, mostLeft: 1 });
    expect(found.impacts.map(({ losing }) => losing.length)).toEqual([2]);
  });

  it("agree with the list behind their number", () => {
    const analysis = analyzeAccess(aSnapshot(sharedBy("alice", "bob")));
    const list = (query: object) => listSubjects(analysis, subjectsQuerySchema.parse(query)).items.map(({ id }) => id);
    expect(list({ without: "ClusterRoleBinding:/admins" })).toEqual(["User:alice", "User:bob"]);
    expect(list({ reaches: "cluster-admin" })).toEqual(["User:alice", "User:bob"]);
    expect(list({ without: `ClusterRoleBinding:/${HOSTILE}` })).toEqual([]);
  });
});

describe("what could not be read", () => {
  it("makes nothing found not known", () => {
    const answer = ask({ gaps: [forbidden("rolebindings", "payments")] });
    expect(answer.sentence).toBe("Not known: no way to cluster-admin was found, but not everything could be read");
    for (const { missing } of [answer.takeover, answer.massGrants, answer.defaultAccounts, answer.looseEnds])
      expect(missing.map(({ resource, namespace }) => [resource, namespace])).toEqual([["rolebindings", "payments"]]);
    expect(answer.origins.missing).toEqual([]);
  });

  it("limits what is said of those found", () => {
    const { sentence } = ask({ ...sharedBy("alice", "bob"), gaps: [forbidden("rolebindings", "payments")] });
    expect(sentence).toBe(
      "2 subjects reach cluster-admin; removing one binding stops all of them, as far as could be read",
    );
  });

  it("leaves the number of accounts open when accounts were not read", () => {
    const { massGrants } = ask({
      clusterRoles: [aClusterRole("reader")],
      clusterRoleBindings: [aBinding({ role: "reader", subjects: [aGroup("system:serviceaccounts")] })],
      gaps: [forbidden("serviceaccounts")],
    });
    expect(massGrants.grants).toMatchObject([{ accounts: null }]);
  });

  it("says nothing but the truth of an empty cluster that was read", () => {
    const answer = ask({});
    expect(answer.sentence).toBe("No known way leads to cluster-admin beyond Kubernetes' own components");
    expect(answer.takeover.missing).toEqual([]);
    expect(answer.origins.groups).toEqual([]);
  });
});

describe("grants to everybody", () => {
  const grantTo = (subject: ReturnType<typeof aGroup>, binding: object = {}, rules = [aRule()]) =>
    ask({
      serviceAccounts: [aServiceAccount("shop", "web"), aServiceAccount("shop", "db"), aServiceAccount("ops", "x")],
      clusterRoles: [aClusterRole("some", rules)],
      clusterRoleBindings: [aBinding({ name: "all", role: "some", subjects: [subject], ...binding })],
    }).massGrants.grants;

  it.each([
    { name: "system:authenticated", subject: aGroup("system:authenticated"), breadth: "everyone", accounts: 3 },
    { name: "system:unauthenticated", subject: aGroup("system:unauthenticated"), breadth: "anyone", accounts: null },
    { name: "system:anonymous", subject: aUser("system:anonymous"), breadth: "anyone", accounts: null },
    { name: "every account", subject: aGroup("system:serviceaccounts"), breadth: "every-account", accounts: 3 },
    { name: "a namespace", subject: aGroup("system:serviceaccounts:shop"), breadth: "namespace", accounts: 2 },
  ])("tell $name and its accounts", ({ subject, breadth, accounts }) => {
    expect(grantTo(subject)).toMatchObject([{ breadth, accounts, severity: null, sentence: null, rules: 1 }]);
  });

  it.each([
    { name: "a user named like a group", subject: aUser("system:authenticated") },
    { name: "a group that begins like one", subject: aGroup("system:authenticated-people") },
    { name: "no namespace", subject: aGroup("system:serviceaccounts:") },
    { name: "more than a namespace", subject: aGroup("system:serviceaccounts:a:b") },
    { name: "a hostile name", subject: aGroup(HOSTILE) },
  ])("are not $name", ({ subject }) => {
    expect(grantTo(subject)).toEqual([]);
  });

  it("are not Kubernetes' own", () => {
    expect(grantTo(aGroup("system:authenticated"), { labels: DEFAULT_LABELS })).toEqual([]);
  });

  it("say the worst that they give", () => {
    expect(grantTo(aGroup("system:authenticated"), {}, [aRule(EVERYTHING)])).toMatchObject([
      { severity: "critical", sentence: "May do everything to every object in the cluster" },
    ]);
  });
});

describe("default accounts", () => {
  const parts: SnapshotParts = {
    serviceAccounts: ["default", "web"].flatMap((name) => [
      aServiceAccount("shop", name),
      aServiceAccount("ops", name),
    ]),
    clusterRoles: [aClusterRole("reader"), aClusterRole("empty", [])],
  };
  it.each([
    { name: "bound themselves", subjects: [anAccount("shop", "default")], found: ["ServiceAccount:shop/default"] },
    {
      name: "bound with their namespace",
      subjects: [aGroup("system:serviceaccounts:ops")],
      found: ["ServiceAccount:ops/default"],
    },
    { name: "not when everybody is bound", subjects: [aGroup("system:serviceaccounts")], found: [] },
    { name: "not other accounts", subjects: [anAccount("shop", "web")], found: [] },
    { name: "not accounts that do not exist", subjects: [anAccount("gone", "default")], found: [] },
    { name: "not users of that name", subjects: [aUser("default")], found: [] },
  ])("are shown: $name", ({ subjects, found }) => {
    const { defaultAccounts } = ask({ ...parts, clusterRoleBindings: [aBinding({ role: "reader", subjects })] });
    expect(defaultAccounts.accounts.map(({ id }) => id)).toEqual(found);
    expect(defaultAccounts.count).toBe(found.length);
  });

  it("hold nothing by a role without rules, and what is not known by one that could not be read", () => {
    const clusterRoleBindings = [aBinding({ role: "empty", subjects: [anAccount("shop", "default")] })];
    expect(ask({ ...parts, clusterRoleBindings }).defaultAccounts.count).toBe(0);
    const unread = ask({ ...parts, clusterRoles: [], clusterRoleBindings, gaps: [forbidden("clusterroles")] });
    expect(unread.defaultAccounts.accounts).toMatchObject([{ incomplete: true, severity: null }]);
  });
});

describe("loose ends and origins", () => {
  const parts: SnapshotParts = {
    clusterRoles: [
      aClusterRole("view", [aRule()], { labels: DEFAULT_LABELS }),
      aClusterRole("cert-manager-edit"),
      aClusterRole("mine", [aRule(EVERYTHING)]),
      aClusterRole(HOSTILE),
    ],
    clusterRoleBindings: [
      aBinding({ name: "mine", role: "mine", subjects: [anAccount("shop", "ghost")] }),
      aBinding({ name: "nobody", role: "view" }),
      aBinding({ name: "nobody-by-default", role: "view", labels: DEFAULT_LABELS }),
      aBinding({ name: "gone", role: "gone", subjects: [aUser("alice")] }),
    ],
  };

  it("are counted with the worst examples, Kubernetes' own left out", () => {
    expect(ask(parts).looseEnds.ends).toMatchObject([
      { problem: "missing-role", count: 1, severity: null, examples: [{ name: "gone" }] },
      { problem: "missing-subject", count: 1, severity: "critical", examples: [{ name: "mine" }] },
      { problem: "no-subjects", count: 1, severity: null, examples: [{ name: "nobody" }] },
      { problem: "unbound-roles", count: 2 },
    ]);
  });

  it("group every role once, with its worst, and agree with the list of roles", () => {
    const { groups } = ask(parts).origins;
    expect(groups).toEqual([
      { id: "yours", label: "Yours", roles: 2, unbound: 1, severity: "critical", worstRoles: 1 },
      { id: "cert-manager", label: "cert-manager", roles: 1, unbound: 1, severity: null, worstRoles: 0 },
      { id: "kubernetes", label: "Kubernetes itself", roles: 1, unbound: 0, severity: null, worstRoles: 0 },
    ]);
    const analysis = analyzeAccess(aSnapshot(parts));
    for (const { id, roles } of groups)
      expect(listRoles(analysis, rolesQuerySchema.parse({ from: id })).total).toBe(roles);
    expect(listRoles(analysis, rolesQuerySchema.parse({ from: HOSTILE })).total).toBe(0);
  });
});
