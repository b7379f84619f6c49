import { describe, expect, it } from "vitest";
import type { UserInfo } from "#lib/model/access.ts";
import type { PolicyRule } from "#lib/model/rbac.ts";
import { aBinding, aClusterRole, aMetadata, aRole, aRule, aUser, toRole } from "#lib/testing/build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "./compile-access.ts";
import { decideWrite, type WriteOperation } from "./decide-write.ts";
import { AUTHENTICATED, MASTERS } from "./identity.ts";
import { parseWrittenObject } from "./written-object.ts";

const RBAC = "rbac.authorization.k8s.io";
const ALICE: UserInfo = { user: "alice", groups: [AUTHENTICATED] };

/** Rules on roles and bindings: `on(["create"], "roles")`. */
function on(
  verbs: readonly string[],
  resources: string | readonly string[],
  resourceNames: readonly string[] = [],
): PolicyRule {
  return aRule({ verbs, apiGroups: [RBAC], resources: [resources].flat(), resourceNames });
}

/** What alice holds: cluster-wide under "", else in a namespace; and what else the cluster has. */
function holding(
  held: Readonly<Record<string, readonly PolicyRule[] | undefined>>,
  more: SnapshotParts = {},
): SnapshotParts {
  const entries = Object.entries(held).map(([namespace, rules = []]) => [namespace, rules] as const);
  const bind = (namespace: string) => ({
    name: `alice-${namespace}`,
    role: `alice-${namespace}`,
    subjects: [aUser("alice")],
  });
  return {
    ...more,
    clusterRoles: [
      ...entries.map(([namespace, rules]) => aClusterRole(`alice-${namespace}`, rules)),
      ...(more.clusterRoles ?? []),
    ],
    clusterRoleBindings: [...("" in held ? [aBinding(bind(""))] : []), ...(more.clusterRoleBindings ?? [])],
    roleBindings: [
      ...entries.flatMap(([namespace]) => (namespace === "" ? [] : [aBinding({ namespace, ...bind(namespace) })])),
      ...(more.roleBindings ?? []),
    ],
  };
}

function written(kind: string, content: object, metadata: object = {}) {
  const place = kind.startsWith("Cluster") ? {} : { namespace: "payments" };
  const parsed = parseWrittenObject({
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { name: "new", ...place, ...metadata },
    ...content,
  });
  if (!("object" in parsed)) throw new Error(`${parsed.field}: ${parsed.problem}`);
  return parsed.object;
}

const role = (rules: readonly PolicyRule[] = [aRule()], metadata: object = {}) => written("Role", { rules }, metadata);
const clusterRole = (rules: readonly PolicyRule[] = [aRule()], more: object = {}) =>
  written("ClusterRole", { rules, ...more });
const binding = (kind: string, name: string, metadata: object = {}) =>
  written("RoleBinding", { roleRef: { kind, name } }, metadata);
const clusterBinding = (name: string) => written("ClusterRoleBinding", { roleRef: { kind: "ClusterRole", name } });

function decide(parts: SnapshotParts, operation: WriteOperation, object: ReturnType<typeof written>, who = ALICE) {
  return decideWrite(compileAccess(aSnapshot(parts)), who, operation, object);
}

const WRITE = on(["create", "update"], ["roles", "clusterroles", "rolebindings", "clusterrolebindings"]);
const ALL = aRule({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] });
const ALL_URLS = aRule({ verbs: ["*"], nonResourceURLs: ["*"] });
const SECRETS = aRule({ resources: ["secrets"] });
const SELECTORS = [{ matchLabels: [["a", "b"]] as const, matchExpressions: [] }];

describe("create", () => {
  it.each([
    { name: "without a right to create", held: {}, object: role(), answer: "not-authorized" },
    {
      name: "a right on one name creates nothing",
      held: { "": [on(["create"], "roles", ["new"])] },
      object: role([]),
      answer: "not-authorized",
    },
    { name: "rights that are held", held: { "": [WRITE, aRule()] }, object: role(), answer: "rights-held" },
    {
      name: "rights held in the namespace",
      held: { "": [WRITE], payments: [aRule()] },
      object: role(),
      answer: "rights-held",
    },
    {
      name: "rights held in another namespace",
      held: { "": [WRITE], shop: [aRule()] },
      object: role(),
      answer: "rights-not-held",
    },
    {
      name: "rights held in a namespace are too little for a ClusterRole",
      held: { "": [WRITE], payments: [aRule()] },
      object: clusterRole(),
      answer: "rights-not-held",
    },
    { name: "a role that gives nothing", held: { "": [WRITE] }, object: clusterRole([]), answer: "rights-held" },
    {
      name: "33: bind on rolebindings means nothing",
      held: { "": [WRITE, on(["bind"], "rolebindings")] },
      object: binding("ClusterRole", "secrets"),
      answer: "rights-not-held",
    },
    {
      name: "33: bind on clusterroles is real",
      held: { "": [WRITE, on(["bind"], "clusterroles")] },
      object: binding("ClusterRole", "secrets"),
      answer: "bind",
    },
    {
      name: "34: bind on X binds X",
      held: { "": [WRITE, on(["bind"], "clusterroles", ["secrets"])] },
      object: clusterBinding("secrets"),
      answer: "bind",
    },
    {
      name: "34: bind on X does not bind Y",
      held: { "": [WRITE, on(["bind"], "clusterroles", ["view"])] },
      object: clusterBinding("secrets"),
      answer: "rights-not-held",
    },
    {
      name: "35: bind in a namespace binds there",
      held: { payments: [WRITE, on(["bind"], "clusterroles")] },
      object: binding("ClusterRole", "secrets"),
      answer: "bind",
    },
    {
      name: "35: bind in a namespace does not bind in another",
      held: { "": [WRITE], shop: [on(["bind"], "clusterroles")] },
      object: binding("ClusterRole", "secrets"),
      answer: "rights-not-held",
    },
    {
      name: "35: bind in a namespace does not bind everywhere",
      held: { "": [WRITE], payments: [on(["bind"], "clusterroles")] },
      object: clusterBinding("secrets"),
      answer: "rights-not-held",
    },
    {
      name: "bind on roles binds Roles",
      held: { payments: [WRITE, on(["bind"], "roles")] },
      object: binding("Role", "local"),
      answer: "bind",
    },
    {
      name: "bind on clusterroles does not bind Roles",
      held: { payments: [WRITE, on(["bind"], "clusterroles")] },
      object: binding("Role", "local"),
      answer: "rights-not-held",
    },
    {
      name: "38: escalate everywhere counts in a namespace",
      held: { "": [on(["escalate"], "roles")], payments: [WRITE] },
      object: role([SECRETS]),
      answer: "escalate",
    },
    {
      name: "escalate on roles does not count for ClusterRoles",
      held: { "": [WRITE, on(["escalate"], "roles")] },
      object: clusterRole([SECRETS]),
      answer: "rights-not-held",
    },
    {
      name: "40: escalate on a name helps no create",
      held: { "": [WRITE, on(["escalate"], "roles", ["new"])] },
      object: role([SECRETS]),
      answer: "rights-not-held",
    },
    {
      name: "42: a binding of rights that are held",
      held: { "": [WRITE, SECRETS] },
      object: clusterBinding("secrets"),
      answer: "rights-held",
    },
    {
      name: "42: rights held in the namespace of the binding",
      held: { "": [WRITE], payments: [SECRETS] },
      object: binding("ClusterRole", "secrets"),
      answer: "rights-held",
    },
    {
      name: "43: all verbs listed do not cover *",
      held: { "": [WRITE, aRule({ verbs: ["get", "list", "watch"] })] },
      object: role([aRule({ verbs: ["*"] })]),
      answer: "rights-not-held",
    },
    { name: "the right * covers everything", held: { "": [ALL] }, object: clusterRole([ALL]), answer: "escalate" },
    {
      name: "the right * of resources gives no URL",
      held: { "": [WRITE, aRule({ verbs: ["get"], apiGroups: ["*"], resources: ["*"] })] },
      object: clusterRole([aRule({ nonResourceURLs: ["/a"] })]),
      answer: "rights-not-held",
    },
    {
      name: "a missing role",
      held: { "": [WRITE, aRule({ verbs: ["get"], apiGroups: ["*"], resources: ["*"] })] },
      object: clusterBinding("missing"),
      answer: "role-missing",
    },
    {
      name: "a missing role with bind",
      held: { "": [WRITE, on(["bind"], "clusterroles")] },
      object: clusterBinding("missing"),
      answer: "bind",
    },
    {
      name: "an aggregated role needs all rights",
      held: { "": [WRITE, aRule()] },
      object: clusterRole([], { aggregationRule: { clusterRoleSelectors: [{}] } }),
      answer: "aggregation",
    },
    {
      name: "an aggregated role with escalate",
      held: { "": [WRITE, on(["escalate"], "clusterroles")] },
      object: clusterRole([], { aggregationRule: { clusterRoleSelectors: [{}] } }),
      answer: "escalate",
    },
    {
      name: "a name that is taken",
      held: { "": [WRITE, SECRETS] },
      object: written("ClusterRole", { rules: [] }, { name: "secrets" }),
      answer: "exists",
    },
    {
      name: "a name that the server makes up",
      held: { "": [WRITE] },
      object: written("ClusterRole", { rules: [] }, { name: "", generateName: "secrets" }),
      answer: "rights-held",
    },
    {
      name: "an invalid rule",
      held: { "": [WRITE, aRule()] },
      object: role([aRule({ verbs: [] })]),
      answer: "invalid",
    },
    {
      name: "a URL in a Role",
      held: { "": [WRITE, ALL_URLS] },
      object: role([aRule({ nonResourceURLs: ["/a"] })]),
      answer: "invalid",
    },
    {
      name: "a ClusterRoleBinding of a Role",
      held: { "": [WRITE, on(["bind"], "roles")] },
      object: written("ClusterRoleBinding", { roleRef: { kind: "Role", name: "local" } }),
      answer: "invalid",
    },
  ])("$name: $answer", ({ held, object, answer }) => {
    const cluster = {
      clusterRoles: [aClusterRole("secrets", [SECRETS])],
      roles: [aRole("payments", "local", [SECRETS])],
    };
    expect(decide(holding(held, cluster), "create", object).reason).toBe(answer);
  });

  it("tells who gives the right to write, and who gives bind", () => {
    const parts = holding(
      { "": [WRITE], payments: [on(["bind"], "roles")] },
      { roles: [aRole("payments", "local", [SECRETS])] },
    );
    expect(decide(parts, "create", binding("Role", "local"))).toMatchObject({
      verdict: "allowed",
      authorized: { grant: { binding: { kind: "ClusterRoleBinding", name: "alice-" } } },
      explicit: { binding: { kind: "RoleBinding", namespace: "payments" } },
    });
  });

  it("tells which rights are missing", () => {
    const parts = holding({ "": [WRITE, aRule({ verbs: ["get"] })] });
    expect(decide(parts, "create", role([aRule({ verbs: ["get", "list"] }), SECRETS]))).toEqual({
      verdict: "denied",
      reason: "rights-not-held",
      missing: [aRule({ verbs: ["list"] }), SECRETS],
    });
  });

  it("members of system:masters write anything valid", () => {
    const masters = { user: "root", groups: [MASTERS] };
    expect(decide({}, "create", clusterRole([ALL]), masters).reason).toBe("superuser");
    expect(decide({}, "create", clusterBinding("missing"), masters).reason).toBe("superuser");
    expect(decide({}, "create", role([aRule({ verbs: [] })]), masters).reason).toBe("invalid");
  });
});

describe("update", () => {
  const stored = {
    clusterRoles: [
      aClusterRole("secrets", [SECRETS]),
      aClusterRole("aggregated", [], { aggregationSelectors: SELECTORS }),
    ],
    roles: [aRole("payments", "role-a"), aRole("payments", "role-b")],
    roleBindings: [aBinding({ name: "bound", namespace: "payments", role: toRole("role-a") })],
  };
  const named = (name: string, rules = [SECRETS]) => role(rules, { name });

  it.each([
    {
      name: "36: update alone gives no new rights",
      held: { "": [on(["update"], "roles")] },
      object: named("role-a"),
      answer: "rights-not-held",
    },
    {
      name: "37: escalate in one namespace, update in another",
      held: { payments: [on(["update"], "roles")], shop: [on(["escalate"], "roles")] },
      object: named("role-a"),
      answer: "rights-not-held",
    },
    {
      name: "38: escalate everywhere, update in the namespace",
      held: { payments: [on(["update"], "roles")], "": [on(["escalate"], "roles")] },
      object: named("role-a"),
      answer: "escalate",
    },
    {
      name: "39: escalate and update on the same role",
      held: { payments: [on(["update", "escalate"], "roles", ["role-a"])] },
      object: named("role-a"),
      answer: "escalate",
    },
    {
      name: "39: escalate on one role, update on another",
      held: { payments: [on(["escalate"], "roles", ["role-a"]), on(["update"], "roles", ["role-b"])] },
      object: named("role-b"),
      answer: "rights-not-held",
    },
    {
      name: "41: a role bound to nobody can be rewritten like any other",
      held: { payments: [on(["update", "escalate"], "roles", ["role-b"])] },
      object: named("role-b", [ALL]),
      answer: "escalate",
    },
    {
      name: "an unchanged role gives its rights again",
      held: { "": [WRITE] },
      object: named("role-a", [aRule()]),
      answer: "rights-not-held",
    },
    {
      name: "an aggregated role needs all rights even to lose its selectors",
      held: { "": [WRITE] },
      object: written("ClusterRole", { rules: [] }, { name: "aggregated" }),
      answer: "aggregation",
    },
    {
      name: "a missing object is created, with a right to create that name",
      held: { "": [on(["create", "update"], "roles", ["new"])] },
      object: role([]),
      answer: "rights-held",
    },
    {
      name: "a missing object is not created without that right",
      held: { "": [on(["update"], "roles")] },
      object: role([]),
      answer: "not-authorized",
    },
    {
      name: "subjects of a binding, with the rights of its role",
      held: { "": [WRITE, aRule()] },
      object: binding("Role", "role-a", { name: "bound" }),
      answer: "rights-held",
    },
    {
      name: "the role of a binding never changes",
      held: { "": [WRITE, aRule()] },
      object: binding("Role", "role-b", { name: "bound" }),
      answer: "role-reference",
    },
    { name: "no name", held: { "": [ALL] }, object: role([], { name: "", generateName: "x" }), answer: "invalid" },
    {
      name: "nobody deletes by an update",
      held: { "": [ALL] },
      object: role([], { name: "role-a", deletionTimestamp: "2026-01-01T00:00:00Z" }),
      answer: "invalid",
    },
    {
      name: "nor sets when to delete",
      held: { "": [ALL] },
      object: role([], { name: "role-a", deletionGracePeriodSeconds: 1 }),
      answer: "invalid",
    },
    {
      name: "a new object forgets both",
      held: { "": [ALL] },
      object: role([], { deletionTimestamp: "2026-01-01T00:00:00Z", deletionGracePeriodSeconds: 1, generation: 4 }),
      answer: "escalate",
    },
  ])("$name: $answer", ({ held, object, answer }) => {
    expect(decide(holding(held, stored), "update", object).reason).toBe(answer);
  });

  describe("of owners and finalizers only", () => {
    const createdAt = "2026-01-01T00:00:00Z";
    const known = { name: "secrets", uid: "1", createdAt, labels: [["a", "b"]] as const };
    const cluster = (annotations: readonly (readonly [string, string])[] = []) =>
      holding(
        { "": [WRITE] },
        { clusterRoles: [{ metadata: aMetadata({ ...known, annotations }), rules: [SECRETS] }] },
      );
    const sent = {
      name: "secrets",
      uid: "1",
      resourceVersion: "7",
      creationTimestamp: createdAt,
      labels: { a: "b" },
      finalizers: ["a.b/c"],
    };

    it.each([
      { name: "everything sent back", metadata: sent, answer: "ownership-only" },
      { name: "without uid", metadata: { ...sent, uid: "" }, answer: "rights-not-held" },
      { name: "with another uid", metadata: { ...sent, uid: "2" }, answer: "conflict" },
      { name: "without resourceVersion", metadata: { ...sent, resourceVersion: "" }, answer: "rights-not-held" },
      { name: "without creationTimestamp", metadata: { ...sent, creationTimestamp: null }, answer: "rights-not-held" },
      { name: "with other labels", metadata: { ...sent, labels: { a: "c" } }, answer: "rights-not-held" },
      {
        name: "with an annotation that the snapshot does not keep",
        metadata: { ...sent, annotations: { x: "y" } },
        answer: "annotations",
      },
      { name: "with a generation", metadata: { ...sent, generation: 1 }, answer: "rights-not-held" },
      {
        name: "with a time of deletion",
        metadata: { ...sent, deletionTimestamp: createdAt },
        answer: "rights-not-held",
      },
      {
        name: "with a time to delete",
        metadata: { ...sent, deletionGracePeriodSeconds: 0 },
        answer: "rights-not-held",
      },
      { name: "with a generateName that may be new", metadata: { ...sent, generateName: "s" }, answer: "annotations" },
      {
        name: "with the same time in another zone",
        metadata: { ...sent, creationTimestamp: "2026-01-01T01:00:00+01:00" },
        answer: "ownership-only",
      },
      { name: "with an invalid finalizer", metadata: { ...sent, finalizers: ["x"] }, answer: "invalid" },
    ])("$name: $answer", ({ metadata, answer }) => {
      expect(decide(cluster(), "update", written("ClusterRole", { rules: [SECRETS] }, metadata)).reason).toBe(answer);
    });

    it("is no change of rules, nor of annotations that are kept", () => {
      expect(decide(cluster(), "update", written("ClusterRole", { rules: [SECRETS, SECRETS] }, sent)).reason).toBe(
        "rights-not-held",
      );
      expect(decide(cluster([["k", "v"]]), "update", written("ClusterRole", { rules: [SECRETS] }, sent)).reason).toBe(
        "rights-not-held",
      );
    });
  });
});

describe("what was not read", () => {
  const gap = (resource: string) => ({ gaps: [{ resource, state: "forbidden" as const }] });
  it.each([
    {
      name: "bindings that could give the missing rights",
      parts: holding({ "": [WRITE] }, gap("clusterrolebindings")),
      object: role(),
      reason: "gaps",
    },
    {
      name: "the bound role",
      parts: holding({ "": [WRITE] }, gap("roles")),
      object: binding("Role", "local"),
      reason: "gaps",
    },
    {
      name: "whether the name is taken",
      parts: holding({ "": [WRITE, aRule()] }, gap("roles")),
      object: role(),
      reason: "gaps",
    },
  ])("$name: unknown", ({ parts, object, reason }) => {
    expect(decide(parts, "create", object)).toMatchObject({ verdict: "unknown", reason, gaps: [{ type: "coverage" }] });
  });

  it("a refusal that does not depend on it stays a refusal", () => {
    const parts = holding({ "": [WRITE] }, gap("clusterrolebindings"));
    expect(decide(parts, "create", role([aRule({ verbs: [] })])).reason).toBe("invalid");
  });

  it("an update that may be one of owners only is unknown where the object was not read", () => {
    const sent = { uid: "1", resourceVersion: "7", finalizers: ["a.b/c"] };
    expect(decide(holding({ "": [WRITE] }, gap("roles")), "update", role([SECRETS], sent)).verdict).toBe("unknown");
    expect(decide(holding({ "": [WRITE] }, gap("roles")), "update", role([SECRETS])).reason).toBe("rights-not-held");
  });

  it("a right that is held stays a proof", () => {
    expect(decide(holding({ "": [WRITE, aRule()] }, gap("rolebindings")), "create", role()).verdict).toBe("allowed");
  });
});
