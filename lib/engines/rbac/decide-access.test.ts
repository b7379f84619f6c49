import { describe, expect, it } from "vitest";
import type { ResourceRequest, UserInfo } from "#lib/model/access.ts";
import { isResourceRequest } from "#lib/model/access.ts";
import type { PolicyRule } from "#lib/model/rbac.ts";
import {
  aBinding,
  aClusterRole,
  aGroup,
  anAccount,
  aRole,
  aRule,
  aServiceAccount,
  aUser,
  toRole,
} from "#lib/testing/build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "./compile-access.ts";
import { decideAccess } from "./decide-access.ts";
import { ANONYMOUS, AUTHENTICATED, implicitGroups, MASTERS, NODES, UNAUTHENTICATED } from "./identity.ts";
import { whoCan } from "./who-can.ts";

const RBAC = "rbac.authorization.k8s.io";
const ALICE: UserInfo = { user: "alice", groups: [AUTHENTICATED] };

/** `get pods in payments`, and what differs. */
function request(parts: Partial<ResourceRequest> = {}): ResourceRequest {
  return { verb: "get", apiGroup: "", resource: "pods", subresource: "", namespace: "payments", name: "", ...parts };
}

/** The account `ns:name` with its fixed groups, as the API server authenticates it. */
function account(namespace: string, name: string): UserInfo {
  const user = `system:serviceaccount:${namespace}:${name}`;
  return { user, groups: implicitGroups(user) };
}

function decide(parts: SnapshotParts, who: UserInfo, asked: ResourceRequest | { verb: string; path: string }) {
  const model = compileAccess(aSnapshot(parts));
  const decision = decideAccess(model, who, asked);
  // Where the user is known to the model, the reverse question must say the same.
  const id = model.findSubject("user", who.user);
  const own = [...who.groups].sort().join() === [...implicitGroups(who.user)].sort().join();
  if (id !== undefined && own && !who.groups.includes(MASTERS)) {
    expect(whoCan(model, asked).subjects.has(id)).toBe(decision.verdict === "allowed");
  }
  return decision;
}

/** Rules bound to alice cluster-wide. */
function everywhere(...rules: PolicyRule[]): SnapshotParts {
  return {
    clusterRoles: [aClusterRole("role", rules)],
    clusterRoleBindings: [aBinding({ role: "role", subjects: [aUser("alice")] })],
  };
}

/** A ClusterRole bound to alice in the namespace payments. */
function inPayments(...rules: PolicyRule[]): SnapshotParts {
  return {
    clusterRoles: [aClusterRole("role", rules)],
    roleBindings: [aBinding({ namespace: "payments", role: "role", subjects: [aUser("alice")] })],
  };
}

const exec = request({ verb: "create", subresource: "exec", name: "web" });

describe("rules", () => {
  it.each([
    {
      name: "1: pods/* does not grant exec",
      rule: { verbs: ["create"], resources: ["pods/*"] },
      asked: exec,
      verdict: "denied",
    },
    {
      name: "2: */exec grants exec",
      rule: { verbs: ["create"], resources: ["*/exec"] },
      asked: exec,
      verdict: "allowed",
    },
    { name: "3: * grants exec", rule: { verbs: ["create"], resources: ["*"] }, asked: exec, verdict: "allowed" },
    {
      name: "3: * grants a token",
      rule: { verbs: ["create"], resources: ["*"] },
      asked: request({ verb: "create", resource: "serviceaccounts", subresource: "token", name: "web" }),
      verdict: "allowed",
    },
    { name: "4: pods does not grant pods/log", rule: {}, asked: request({ subresource: "log" }), verdict: "denied" },
    { name: "4: pods/log does not grant pods", rule: { resources: ["pods/log"] }, asked: request(), verdict: "denied" },
    {
      name: "5: */* grants no subresource",
      rule: { verbs: ["create"], resources: ["*/*"] },
      asked: exec,
      verdict: "denied",
    },
    { name: "5: */* grants no resource", rule: { resources: ["*/*"] }, asked: request(), verdict: "denied" },
    {
      name: "6: a group with a version is inert",
      rule: { apiGroups: ["apps/v1"], resources: ["deployments"] },
      asked: request({ apiGroup: "apps", resource: "deployments" }),
      verdict: "denied",
    },
    { name: "7: Pods is inert for pods", rule: { resources: ["Pods"] }, asked: request(), verdict: "denied" },
    { name: "9: a rule without groups grants nothing", rule: { apiGroups: [] }, asked: request(), verdict: "denied" },
    {
      name: "10: create with names does not grant a creation",
      rule: { verbs: ["create"], resourceNames: ["web"] },
      asked: request({ verb: "create" }),
      verdict: "denied",
    },
    ...["serviceaccounts/token", "pods/exec", "pods/eviction"].map((entry) => ({
      name: `10: create with names grants ${entry} of that name`,
      rule: { verbs: ["create"], resources: [entry], resourceNames: ["web"] },
      asked: request({
        verb: "create",
        resource: entry.split("/")[0] ?? "",
        subresource: entry.split("/")[1] ?? "",
        name: "web",
      }),
      verdict: "allowed",
    })),
    {
      name: "11: list with names is denied without a name",
      rule: { verbs: ["list", "watch"], resourceNames: ["web"] },
      asked: request({ verb: "list" }),
      verdict: "denied",
    },
    {
      name: "11: list with names is allowed with the name of a field selector",
      rule: { verbs: ["list", "watch"], resourceNames: ["web"] },
      asked: request({ verb: "list", name: "web" }),
      verdict: "allowed",
    },
    {
      name: "12: deletecollection with names is denied, as its requests have no name",
      rule: { verbs: ["deletecollection"], resourceNames: ["web"] },
      asked: request({ verb: "deletecollection" }),
      verdict: "denied",
    },
    {
      name: "13: the name * does not stand for others",
      rule: { resourceNames: ["*"] },
      asked: request({ name: "web" }),
      verdict: "denied",
    },
    {
      name: "13: the name * is the name *",
      rule: { resourceNames: ["*"] },
      asked: request({ name: "*" }),
      verdict: "allowed",
    },
    {
      name: "14: named create and patch grant the patch half of an apply",
      rule: { verbs: ["create", "patch"], resourceNames: ["web"] },
      asked: request({ verb: "patch", name: "web" }),
      verdict: "allowed",
    },
    {
      name: "14: named create and patch grant the create half of an apply",
      rule: { verbs: ["create", "patch"], resourceNames: ["web"] },
      asked: request({ verb: "create", name: "web" }),
      verdict: "allowed",
    },
    {
      name: "33: bind on rolebindings is not bind on clusterroles",
      rule: { verbs: ["bind"], apiGroups: [RBAC], resources: ["rolebindings"] },
      asked: request({ verb: "bind", apiGroup: RBAC, resource: "clusterroles" }),
      verdict: "denied",
    },
    {
      name: "33: bind on clusterroles is",
      rule: { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] },
      asked: request({ verb: "bind", apiGroup: RBAC, resource: "clusterroles", name: "cluster-admin" }),
      verdict: "allowed",
    },
    {
      name: "34: bind on one role is not bind on another",
      rule: { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"], resourceNames: ["view"] },
      asked: request({ verb: "bind", apiGroup: RBAC, resource: "clusterroles", name: "edit" }),
      verdict: "denied",
    },
    {
      name: "47: verb * in core grants impersonation",
      rule: { verbs: ["*"], resources: ["users"] },
      asked: request({ verb: "impersonate", resource: "users", namespace: "", name: "bob" }),
      verdict: "allowed",
    },
    {
      name: "48: a prefixed verb is matched exactly",
      rule: { verbs: ["associated-node:update"], apiGroups: ["resource.k8s.io"], resources: ["resourceclaims/driver"] },
      asked: request({
        verb: "update",
        apiGroup: "resource.k8s.io",
        resource: "resourceclaims",
        subresource: "driver",
      }),
      verdict: "denied",
    },
  ])("$name", ({ rule, asked, verdict }) => {
    expect(decide(everywhere(aRule(rule)), ALICE, asked).verdict).toBe(verdict);
  });

  it("15: the name of one rule does not combine with the verb of another", () => {
    const parts = everywhere(aRule({ resourceNames: ["web"] }), aRule({ verbs: ["delete"], resourceNames: ["db"] }));
    expect(decide(parts, ALICE, request({ verb: "delete", name: "web" })).verdict).toBe("denied");
    expect(decide(parts, ALICE, request({ verb: "delete", name: "db" })).verdict).toBe("allowed");
  });
});

describe("bindings", () => {
  const readPods = aClusterRole("reader");
  const wide = aClusterRole("wide", [
    aRule({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }),
    aRule({ verbs: ["*"], nonResourceURLs: ["*"] }),
  ]);

  it.each([
    { name: "nodes", asked: request({ verb: "list", resource: "nodes", namespace: "" }) },
    { name: "persistent volumes", asked: request({ resource: "persistentvolumes", namespace: "" }) },
    { name: "cluster roles", asked: request({ apiGroup: RBAC, resource: "clusterroles", namespace: "" }) },
    { name: "pods of all namespaces", asked: request({ verb: "list", namespace: "" }) },
    { name: "pods of another namespace", asked: request({ namespace: "shop" }) },
    { name: "paths", asked: { verb: "get", path: "/metrics" } },
  ])("16: a role binding gives nothing on $name", ({ asked }) => {
    expect(decide(inPayments(...wide.rules), ALICE, asked).verdict).toBe("denied");
  });

  it.each([
    { name: "17: a role binding grants patch on its own namespace object", namespace: "payments", verdict: "allowed" },
    { name: "17: and on no other", namespace: "shop", verdict: "denied" },
  ])("$name", ({ namespace, verdict }) => {
    const parts = inPayments(aRule({ verbs: ["patch"], resources: ["namespaces"] }));
    expect(
      decide(parts, ALICE, request({ verb: "patch", resource: "namespaces", namespace, name: namespace })).verdict,
    ).toBe(verdict);
  });

  it("18: a cluster role binding to a Role gives nothing", () => {
    const parts = {
      roles: [aRole("payments", "reader")],
      clusterRoleBindings: [aBinding({ role: toRole("reader"), subjects: [aUser("alice")] })],
    };
    expect(decide(parts, ALICE, request()).verdict).toBe("denied");
  });

  it.each([
    { name: "19: kind ClusterRole takes the ClusterRole of that name", role: "same", verb: "list", verdict: "allowed" },
    { name: "19: and not the Role", role: "same", verb: "get", verdict: "denied" },
    { name: "19: kind Role takes the Role of that name", role: toRole("same"), verb: "get", verdict: "allowed" },
    { name: "19: and not the ClusterRole", role: toRole("same"), verb: "list", verdict: "denied" },
  ])("$name", ({ role, verb, verdict }) => {
    const parts = {
      clusterRoles: [aClusterRole("same", [aRule({ verbs: ["list"] })])],
      roles: [aRole("payments", "same", [aRule({ verbs: ["get"] })])],
      roleBindings: [aBinding({ namespace: "payments", role, subjects: [aUser("alice")] })],
    };
    expect(decide(parts, ALICE, request({ verb })).verdict).toBe(verdict);
  });

  it("20: roles of the same name in two namespaces stay apart", () => {
    const parts = {
      roles: [
        aRole("payments", "same", [aRule({ verbs: ["get"] })]),
        aRole("shop", "same", [aRule({ verbs: ["list"] })]),
      ],
      roleBindings: [aBinding({ namespace: "payments", role: toRole("same"), subjects: [aUser("alice")] })],
    };
    expect(decide(parts, ALICE, request({ verb: "get" })).verdict).toBe("allowed");
    expect(decide(parts, ALICE, request({ verb: "list" })).verdict).toBe("denied");
    expect(decide(parts, ALICE, request({ verb: "list", namespace: "shop" })).verdict).toBe("denied");
  });

  it.each([
    {
      name: "21: accounts of the same name in two namespaces stay apart",
      subject: anAccount("payments", "web"),
      who: account("shop", "web"),
      verdict: "denied",
    },
    {
      name: "22: an account without namespace is one of the binding's namespace",
      subject: anAccount(undefined, "web"),
      who: account("payments", "web"),
      verdict: "allowed",
    },
    {
      name: "22: and of no other",
      subject: anAccount(undefined, "web"),
      who: account("shop", "web"),
      verdict: "denied",
    },
    {
      name: "24: an account of another namespace works where it is bound",
      subject: anAccount("shop", "web"),
      who: account("shop", "web"),
      verdict: "allowed",
    },
    {
      name: "25: a user named like an account is that account",
      subject: aUser("system:serviceaccount:shop:web"),
      who: account("shop", "web"),
      verdict: "allowed",
    },
    {
      name: "25: a group named like an account is not",
      subject: aGroup("system:serviceaccount:shop:web"),
      who: account("shop", "web"),
      verdict: "denied",
    },
    { name: "8: a user subject * matches nobody", subject: aUser("*"), who: ALICE, verdict: "denied" },
    { name: "8: a group subject * matches nobody", subject: aGroup("*"), who: ALICE, verdict: "denied" },
    {
      name: "a subject of unknown kind matches nobody",
      subject: { kind: "Robot", apiGroup: "", name: "alice" },
      who: ALICE,
      verdict: "denied",
    },
    { name: "user names are case-sensitive", subject: aUser("Alice"), who: ALICE, verdict: "denied" },
    { name: "a user is no group of the same name", subject: aGroup("alice"), who: ALICE, verdict: "denied" },
    {
      name: "29: an account is in system:serviceaccounts",
      subject: aGroup("system:serviceaccounts"),
      who: account("shop", "web"),
      verdict: "allowed",
    },
    {
      name: "29: an account is in the group of its namespace",
      subject: aGroup("system:serviceaccounts:shop"),
      who: account("shop", "web"),
      verdict: "allowed",
    },
    {
      name: "29: an account is not in the group of another",
      subject: aGroup("system:serviceaccounts:payments"),
      who: account("shop", "web"),
      verdict: "denied",
    },
    {
      name: "29: an account is authenticated",
      subject: aGroup(AUTHENTICATED),
      who: account("shop", "web"),
      verdict: "allowed",
    },
    {
      name: "30: anonymous is not authenticated",
      subject: aGroup(AUTHENTICATED),
      who: { user: ANONYMOUS, groups: implicitGroups(ANONYMOUS) },
      verdict: "denied",
    },
    {
      name: "30: anonymous is unauthenticated",
      subject: aGroup(UNAUTHENTICATED),
      who: { user: ANONYMOUS, groups: implicitGroups(ANONYMOUS) },
      verdict: "allowed",
    },
    {
      name: "a kubelet is in system:nodes",
      subject: aGroup(NODES),
      who: { user: "system:node:a", groups: implicitGroups("system:node:a") },
      verdict: "allowed",
    },
    {
      name: "32: given groups replace the fixed ones",
      subject: aGroup("system:serviceaccounts"),
      who: { user: "system:serviceaccount:shop:web", groups: ["devs"] },
      verdict: "denied",
    },
    {
      name: "32: given groups count",
      subject: aGroup("devs"),
      who: { user: "system:serviceaccount:shop:web", groups: ["devs"] },
      verdict: "allowed",
    },
    {
      name: "names of object members are plain names",
      subject: aUser("__proto__"),
      who: { user: "__proto__", groups: [] },
      verdict: "allowed",
    },
    {
      name: "names of object members match nobody by themselves",
      subject: aUser("alice"),
      who: { user: "constructor", groups: ["__proto__"] },
      verdict: "denied",
    },
  ])("$name", ({ subject, who, verdict }) => {
    const parts = {
      serviceAccounts: [aServiceAccount("payments", "web"), aServiceAccount("shop", "web")],
      clusterRoles: [readPods],
      roleBindings: [aBinding({ namespace: "payments", role: "reader", subjects: [subject] })],
    };
    expect(decide(parts, who, request()).verdict).toBe(verdict);
  });

  it("23: a cluster role binding to an account without namespace matches nobody", () => {
    const parts = {
      serviceAccounts: [aServiceAccount("payments", "web")],
      clusterRoles: [readPods],
      clusterRoleBindings: [aBinding({ role: "reader", subjects: [anAccount(undefined, "web")] })],
    };
    expect(decide(parts, account("payments", "web"), request()).verdict).toBe("denied");
    expect(compileAccess(aSnapshot(parts)).subjects).toHaveLength(1);
  });

  it("26: an account listed behind a group is still granted, through itself", () => {
    const parts = {
      clusterRoles: [readPods],
      roleBindings: [
        aBinding({ namespace: "payments", role: "reader", subjects: [aGroup("devs"), anAccount("payments", "web")] }),
      ],
    };
    expect(decide(parts, account("payments", "web"), request())).toEqual({
      verdict: "allowed",
      grant: {
        binding: { group: RBAC, kind: "RoleBinding", namespace: "payments", name: "binding" },
        role: { group: RBAC, kind: "ClusterRole", name: "reader" },
        ruleIndex: 0,
        through: { kind: "ServiceAccount", namespace: "payments", name: "web" },
      },
    });
  });

  it("27: a binding to a missing role does not hide others", () => {
    const parts = {
      clusterRoles: [readPods],
      roleBindings: [
        aBinding({ name: "a-dangling", namespace: "payments", role: "gone", subjects: [aUser("alice")] }),
        aBinding({ name: "b-real", namespace: "payments", role: "reader", subjects: [aUser("alice")] }),
      ],
    };
    expect(decide(parts, ALICE, request())).toMatchObject({
      verdict: "allowed",
      grant: { binding: { name: "b-real" } },
    });
    expect(decide({ ...parts, clusterRoles: [] }, ALICE, request()).verdict).toBe("denied");
  });

  it("28: a binding without subjects grants nobody", () => {
    const parts = { clusterRoles: [readPods], roleBindings: [aBinding({ namespace: "payments", role: "reader" })] };
    expect(decide(parts, ALICE, request()).verdict).toBe("denied");
    expect(whoCan(compileAccess(aSnapshot(parts)), request()).subjects.isEmpty()).toBe(true);
  });

  it("31: system:masters is allowed without any binding, even where nothing was read", () => {
    const who = { user: "root", groups: [MASTERS] };
    expect(decide({}, who, request())).toEqual({ verdict: "allowed", builtin: "system:masters" });
    expect(decide({}, who, { verb: "get", path: "/metrics" }).verdict).toBe("allowed");
    const unread = { gaps: [{ resource: "clusterrolebindings", state: "forbidden" as const }] };
    expect(decide(unread, who, request()).verdict).toBe("allowed");
  });

  it("paths are granted by cluster role bindings", () => {
    const parts = {
      clusterRoles: [wide],
      clusterRoleBindings: [aBinding({ role: "wide", subjects: [aUser("alice")] })],
    };
    expect(decide(parts, ALICE, { verb: "get", path: "/metrics" })).toMatchObject({
      verdict: "allowed",
      grant: { ruleIndex: 1 },
    });
  });

  it("the grant is the first in binding order, cluster-wide before namespaced", () => {
    const parts = {
      clusterRoles: [readPods],
      clusterRoleBindings: [aBinding({ name: "z", role: "reader", subjects: [aGroup(AUTHENTICATED)] })],
      roleBindings: [aBinding({ name: "a", namespace: "payments", role: "reader", subjects: [aUser("alice")] })],
    };
    expect(decide(parts, ALICE, request())).toMatchObject({
      grant: { binding: { kind: "ClusterRoleBinding", name: "z" }, through: { kind: "Group", name: AUTHENTICATED } },
    });
  });
});

describe("what was not read", () => {
  const bound = {
    clusterRoles: [aClusterRole("reader")],
    roleBindings: [aBinding({ namespace: "payments", role: "reader", subjects: [aUser("alice")] })],
  };
  const forbidden = "forbidden" as const;

  it.each([
    { name: "no gap: denied", gaps: [], asked: { verb: "delete" }, verdict: "denied" },
    {
      name: "cluster role bindings forbidden: unknown everywhere",
      gaps: [{ resource: "clusterrolebindings", state: forbidden }],
      asked: { verb: "delete" },
      verdict: "unknown",
    },
    {
      name: "cluster role bindings forbidden: a found grant is still allowed",
      gaps: [{ resource: "clusterrolebindings", state: forbidden }],
      asked: {},
      verdict: "allowed",
    },
    {
      name: "role bindings of the namespace forbidden: unknown there",
      gaps: [{ resource: "rolebindings", namespace: "shop", state: forbidden }],
      asked: { namespace: "shop" },
      verdict: "unknown",
    },
    {
      name: "role bindings of one namespace forbidden: another is denied",
      gaps: [{ resource: "rolebindings", namespace: "shop", state: forbidden }],
      asked: { namespace: "billing" },
      verdict: "denied",
    },
    {
      name: "role bindings of one namespace forbidden: another is allowed",
      gaps: [{ resource: "rolebindings", namespace: "shop", state: forbidden }],
      asked: {},
      verdict: "allowed",
    },
    {
      name: "role bindings of one namespace forbidden: cluster scope is denied",
      gaps: [{ resource: "rolebindings", namespace: "shop", state: forbidden }],
      asked: { namespace: "" },
      verdict: "denied",
    },
    {
      name: "role bindings unavailable everywhere: unknown in a namespace",
      gaps: [{ resource: "rolebindings", state: "unavailable" as const }],
      asked: { namespace: "billing" },
      verdict: "unknown",
    },
    {
      name: "role bindings unavailable everywhere: cluster scope is denied",
      gaps: [{ resource: "rolebindings", state: "unavailable" as const }],
      asked: { namespace: "" },
      verdict: "denied",
    },
    {
      name: "a partial list is a gap",
      gaps: [{ resource: "clusterrolebindings", state: "partial" as const }],
      asked: { verb: "delete" },
      verdict: "unknown",
    },
    {
      name: "a stale list is a gap",
      gaps: [{ resource: "clusterrolebindings", state: "stale" as const }],
      asked: { verb: "delete" },
      verdict: "unknown",
    },
    {
      name: "unread service accounts hide no right",
      gaps: [{ resource: "serviceaccounts", state: forbidden }],
      asked: { verb: "delete" },
      verdict: "denied",
    },
    {
      name: "unread roles that nothing refers to hide no right",
      gaps: [{ resource: "roles", state: forbidden }],
      asked: { verb: "delete" },
      verdict: "denied",
    },
  ])("$name", ({ gaps, asked, verdict }) => {
    expect(decide({ ...bound, gaps }, ALICE, request(asked)).verdict).toBe(verdict);
  });

  it("names the gap", () => {
    const gaps = [{ resource: "rolebindings", namespace: "shop", state: forbidden, reason: "forbidden" as const }];
    expect(decide({ gaps }, ALICE, request({ namespace: "shop" }))).toEqual({
      verdict: "unknown",
      gaps: [
        {
          type: "coverage",
          gap: { group: RBAC, resource: "rolebindings", namespace: "shop", state: "forbidden", reason: "forbidden" },
        },
      ],
    });
  });

  it("a kind that was never asked for is a gap, one that the cluster does not serve is none", () => {
    const snapshot = aSnapshot(bound);
    const without = snapshot.coverage.filter(({ resource }) => resource !== "clusterrolebindings");
    const verdict = (coverage: typeof snapshot.coverage) =>
      decideAccess(compileAccess({ ...snapshot, coverage }), ALICE, request({ verb: "delete" })).verdict;
    expect(verdict(without)).toBe("unknown");
    expect(
      verdict([
        ...without,
        { group: RBAC, resource: "clusterrolebindings", kind: "ClusterRoleBinding", state: "absent", objects: 0 },
      ]),
    ).toBe("denied");
  });

  describe("an unreadable role", () => {
    const dangling = {
      gaps: [{ resource: "roles", namespace: "payments", state: forbidden }],
      roleBindings: [
        aBinding({ name: "hidden", namespace: "payments", role: toRole("hidden"), subjects: [aUser("alice")] }),
        aBinding({ name: "missing", namespace: "shop", role: toRole("missing"), subjects: [aUser("alice")] }),
      ],
    };
    it.each([
      { name: "makes its own subject unknown in its namespace", who: ALICE, namespace: "payments", verdict: "unknown" },
      {
        name: "leaves other subjects denied",
        who: { user: "bob", groups: [AUTHENTICATED] },
        namespace: "payments",
        verdict: "denied",
      },
      {
        name: "leaves other namespaces denied, where the role is missing for sure",
        who: ALICE,
        namespace: "shop",
        verdict: "denied",
      },
      { name: "leaves the cluster scope denied", who: ALICE, namespace: "", verdict: "denied" },
    ])("$name", ({ who, namespace, verdict }) => {
      expect(decide(dangling, who, request({ namespace })).verdict).toBe(verdict);
    });

    it("is named with its binding, also by who-can", () => {
      const gap = {
        type: "role-unreadable",
        binding: { group: RBAC, kind: "RoleBinding", namespace: "payments", name: "hidden" },
        role: { group: RBAC, kind: "Role", namespace: "payments", name: "hidden" },
      };
      expect(decide(dangling, ALICE, request())).toEqual({ verdict: "unknown", gaps: [gap] });
      expect(whoCan(compileAccess(aSnapshot(dangling)), request()).gaps).toEqual([gap]);
      expect(whoCan(compileAccess(aSnapshot(dangling)), request({ namespace: "shop" })).gaps).toEqual([]);
    });
  });
});

it("isResourceRequest tells the two forms apart", () => {
  expect(isResourceRequest(request())).toBe(true);
  expect(isResourceRequest({ verb: "get", path: "/" })).toBe(false);
});
