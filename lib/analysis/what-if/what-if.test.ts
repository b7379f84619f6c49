import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAccessObjects } from "#lib/collector/index.ts";
import { whatIfSchema } from "#lib/contracts/what-if.ts";
import { UNREACHED } from "#lib/engines/escalation/index.ts";
import type { ObjectRef } from "#lib/model/object-ref.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { aGrantedCluster, EVERYTHING, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aClusterRole, aGroup, anAccount, aRole, aRule, aServiceAccount, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { accessDiff } from "../access-diff.ts";
import { analyzeAccess, type AccessAnalysis } from "../analyze-access.ts";
import { changeObjects } from "./change-objects.ts";
import { refuseInvalid } from "./refuse-invalid.ts";
import { whatIf } from "./what-if.ts";

const RBAC_GROUP = "rbac.authorization.k8s.io";
const EXEC = { verbs: ["create"], resources: ["pods/exec"] };

function ask(parts: SnapshotParts, text: string, removed: readonly ObjectRef[] = []) {
  const written = text === "" ? [] : readAccessObjects({ name: "text", text }, 200, refuseInvalid);
  return whatIfSchema.parse(whatIf(analyzeAccess(aSnapshot(parts)), { written, removed }));
}

function aRef(kind: string, name: string, namespace?: string): ObjectRef {
  return {
    group: kind === "ServiceAccount" ? "" : RBAC_GROUP,
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** `alice gains cluster-admin`: who gains and loses what. */
function reachWords({ reach }: ReturnType<typeof ask>): readonly string[] {
  return (["gained", "lost"] as const).flatMap((what) =>
    reach[what].flatMap(({ target, subjects }) =>
      subjects.map((subject) => `${formatSubject(subject)} ${what} ${target.id}`),
    ),
  );
}

const BINDING = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: new }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, namespace: shop, name: web }]
`;

describe("whatIf", () => {
  it("tells which of those who gain something the scan does not know", () => {
    const others = "{ kind: User, name: alice }, { kind: User, name: newcomer }";
    const text = BINDING.replace("subjects: [", `subjects: [${others}, `);
    const answer = ask(aGrantedCluster({ rules: [EXEC], in: "shop" }), text);
    expect(reachWords(answer)).toHaveLength(3);
    expect(answer.newSubjects).toEqual(["User:newcomer"]);
  });

  it("tells who gains a way, what it is, and which permissions appear", () => {
    const answer = ask(aGrantedCluster(), BINDING);
    expect(answer.sentence).toBe("1 subject could take over the cluster that cannot now");
    expect(answer.objects).toEqual([{ object: aRef("ClusterRoleBinding", "new"), effect: "created", notes: [] }]);
    expect(reachWords(answer)).toEqual(["ServiceAccount:shop/web gained cluster-admin"]);
    expect(answer.reach.gained[0]?.path?.steps.map(({ action }) => action)).toEqual([
      "may do everything to every object in the cluster",
    ]);
    expect(answer.permissions.gained).toMatchObject({
      count: 1,
      items: [{ subject: { kind: "ServiceAccount", namespace: "shop", name: "web" }, namespace: null, rule: "* of *" }],
    });
    expect(answer.permissions.lost.count).toBe(0);
  });

  it("tells who loses a way, with the way that it was", () => {
    const answer = ask(aGrantedCluster({ rules: [EVERYTHING] }), "", [aRef("ClusterRoleBinding", "binding-0")]);
    expect(answer.sentence).toBe("1 subject could no longer take over the cluster");
    expect(reachWords(answer)).toEqual(["User:alice lost cluster-admin"]);
    expect(answer.reach.lost[0]?.path?.steps).toHaveLength(1);
    expect(answer.objects[0]?.effect).toBe("removed");
  });

  it("counts who takes over the cluster there only, and shows others target by target", () => {
    const answer = ask(
      aGrantedCluster({ rules: [EVERYTHING], in: "payments", to: aUser("bob") }, { rules: [EVERYTHING] }),
      "",
      [aRef("RoleBinding", "binding-0", "payments"), aRef("ClusterRoleBinding", "binding-1")],
    );
    expect(reachWords(answer)).toContain("User:alice lost cluster-admin");
    expect(reachWords(answer)).toContain("User:bob lost namespace/payments");
    expect(reachWords(answer)).not.toContain("User:alice lost namespace/payments");
  });

  it("says what changes nothing", () => {
    const parts = aGrantedCluster({ rules: [EXEC], in: "shop" });
    const same = { ...parts, roles: [aRole("shop", "r", [aRule({ verbs: ["get"], resources: ["pods"] })])] };
    const role = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: r, namespace: shop }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]`;
    const answer = ask(same, role, [aRef("Role", "none", "shop")]);
    expect(answer.sentence).toBe("Nobody's permissions change");
    expect(answer.objects.map(({ effect }) => effect)).toEqual(["unchanged", "missing"]);
  });

  it.each([
    { name: "as it is", more: "", effect: "unchanged" },
    { name: "otherwise", more: "automountServiceAccountToken: false", effect: "replaced" },
  ])("leaves the token Secrets of an account that is written $name", ({ more, effect }) => {
    const parts = {
      ...aGrantedCluster({ rules: [{ verbs: ["list"], resources: ["secrets"] }], in: "ops" }),
      serviceAccounts: [aServiceAccount("ops", "root", { tokenSecrets: ["forever"] })],
    };
    const account = `---\n{ apiVersion: v1, kind: ServiceAccount, metadata: { name: root, namespace: ops }, ${more} }`;
    const answer = ask(parts, account);
    expect(answer.objects.map((object) => object.effect)).toEqual([effect]);
    expect(reachWords(answer)).toEqual([]);
    expect(reachWords(ask(parts, "", [aRef("ServiceAccount", "root", "ops")]))).toContain(
      "User:alice lost cluster-admin",
    );
  });

  it("lets aggregated roles follow", () => {
    const gathering = {
      ...aClusterRole("gather", []),
      aggregationSelectors: [{ matchLabels: [["gather", "yes"]] as const, matchExpressions: [] }],
    };
    const parts = aGrantedCluster();
    const [root] = parts.clusterRoleBindings ?? [];
    const bound = root && {
      ...root,
      metadata: { ...root.metadata, name: "g" },
      roleRef: { ...root.roleRef, name: "gather" },
      subjects: [aUser("alice")],
    };
    const answer = ask(
      {
        ...parts,
        clusterRoles: [...(parts.clusterRoles ?? []), gathering],
        clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), ...(bound ? [bound] : [])],
      },
      `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: part, labels: { gather: "yes" } }
rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]`,
    );
    expect(answer.objects.map(({ object, effect }) => `${object.name} ${effect}`)).toEqual([
      "part created",
      "gather follows",
    ]);
    expect(reachWords(answer)).toEqual(["User:alice gained cluster-admin"]);
  });

  it("notes what the API server would refuse and what leads nowhere", () => {
    const answer = ask(
      aGrantedCluster({ rules: [EXEC] }),
      `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: b, namespace: nowhere }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: none }
subjects: [{ kind: ServiceAccount, name: ghost }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: binding-0 }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: User, name: alice }]`,
    );
    expect(answer.objects[0]?.notes).toEqual([
      "There is no namespace nowhere.",
      "There is no Role none: the binding gives nothing until somebody makes it.",
      "There is no service account nowhere/ghost: its rights wait for whoever makes it.",
    ]);
    expect(answer.objects[1]?.notes).toEqual([
      "The role of a binding cannot be changed: the API server wants it removed and made again.",
    ]);
  });

  it("does not say that something is missing where its kind was not read", () => {
    const gaps = [{ resource: "rolebindings", namespace: "shop", state: "forbidden", reason: "forbidden" }] as const;
    const answer = ask({ ...aGrantedCluster(), gaps }, "", [
      aRef("RoleBinding", "x", "shop"),
      aRef("RoleBinding", "x", "ops"),
    ]);
    expect(answer.objects.map(({ notes }) => notes)).toEqual([
      ["Whether it is there is not known: not all objects of its kind could be read."],
      [],
    ]);
  });

  it("counts service accounts that come", () => {
    const parts = aGrantedCluster(
      { rules: [EVERYTHING], to: anAccount("shop", "late") },
      { rules: [EXEC], in: "shop" },
    );
    const answer = ask(
      parts,
      "---\n{ apiVersion: v1, kind: ServiceAccount, metadata: { name: late, namespace: shop } }",
    );
    expect(answer.objects[0]?.effect).toBe("created");
    expect(answer.permissions.gained.count).toBe(0);
  });
});

const RULES = [
  EVERYTHING,
  EXEC,
  { verbs: ["create"], resources: ["serviceaccounts", "serviceaccounts/token"] },
  { verbs: ["create", "patch"], apiGroups: [RBAC_GROUP], resources: ["clusterrolebindings", "rolebindings"] },
  { verbs: ["bind", "escalate"], apiGroups: [RBAC_GROUP], resources: ["clusterroles", "roles"] },
];
const SUBJECTS = [
  aUser("alice"),
  aGroup("team"),
  aGroup("system:authenticated"),
  anAccount("shop", "web"),
  anAccount("shop", "late"),
];
const grants: fc.Arbitrary<readonly GivenGrant[]> = fc.array(
  fc
    .record({
      rules: fc.subarray(RULES, { minLength: 1, maxLength: 2 }),
      to: fc.constantFrom(...SUBJECTS),
      in: fc.constantFrom(undefined, "ops", "shop"),
    })
    .map(({ in: namespace, ...rest }) => (namespace === undefined ? rest : { ...rest, in: namespace })),
  { maxLength: 4 },
);

/** Everything of `to` written over `from`, and removed what it has no more: service accounts too. */
function changesBetween(from: ClusterSnapshot, to: ClusterSnapshot) {
  const all = ({ objects }: ClusterSnapshot) =>
    (
      [
        ["ServiceAccount", objects.serviceAccounts],
        ["Role", objects.roles],
        ["ClusterRole", objects.clusterRoles],
        ["RoleBinding", objects.roleBindings],
        ["ClusterRoleBinding", objects.clusterRoleBindings],
      ] as const
    ).flatMap(([kind, list]) =>
      list.map((object) => ({ ref: aRef(kind, object.metadata.name, object.metadata.namespace), object })),
    );
  const kept = new Set(all(to).map(({ ref }) => JSON.stringify(ref)));
  return { written: all(to), removed: all(from).flatMap(({ ref }) => (kept.has(JSON.stringify(ref)) ? [] : [ref])) };
}

function takersOf({ model, escalation: { graph } }: AccessAnalysis): readonly string[] {
  return model.subjects.flatMap((subject, id) =>
    (graph.toTakeover.effort[graph.sourceOf(id)] ?? UNREACHED) < UNREACHED ? [formatSubject(subject)] : [],
  );
}

describe("for any change", () => {
  it("says what analysing the changed cluster anew says", () => {
    fc.assert(
      fc.property(grants, grants, fc.boolean(), (first, second, late) => {
        const before = aSnapshot(aGrantedCluster(...first));
        const parts = aGrantedCluster(...second);
        const after = aSnapshot({
          ...parts,
          serviceAccounts: (parts.serviceAccounts ?? []).filter(
            ({ metadata }) => !late || metadata.namespace !== "payments",
          ),
        });
        const changes = changesBetween(before, after);
        const analysis = analyzeAccess(before);
        const answer = whatIf(analysis, changes);
        const { objects } = changeObjects(before.objects, changes.written, changes.removed);
        const anew = analyzeAccess({ ...before, objects });
        const expected = accessDiff(analysis, anew);
        const takers = (list: typeof answer.reach.gained) =>
          (list.find(({ target }) => target.id === "cluster-admin")?.subjects ?? []).map(formatSubject).sort();
        // Everybody who logs in already could, or still can: nobody who is in that group gains or loses it.
        const everybody = (list: readonly string[]) => list.includes("Group:system:authenticated");
        const [could, can] = [takersOf(analysis), takersOf(anew)];
        expect(takers(answer.reach.gained)).toEqual(
          expected.takeover.gained.filter((name) => !everybody(could) || name.startsWith("Group:")),
        );
        expect(takers(answer.reach.lost)).toEqual(
          expected.takeover.lost.filter((name) => !everybody(can) || name.startsWith("Group:")),
        );
        const words = (subject: string, namespace: string | null, rule: string) => `${subject} ${namespace} ${rule}`;
        const rules = ({ items }: typeof answer.permissions.gained) =>
          items.map(({ subject, namespace, rule }) => words(formatSubject(subject), namespace, rule)).sort();
        const all = (list: typeof expected.permissions.added) =>
          list.map(({ subject, namespace, rule }) => words(subject, namespace, rule)).sort();
        expect(rules(answer.permissions.gained)).toEqual(all(expected.permissions.added));
        expect(rules(answer.permissions.lost)).toEqual(all(expected.permissions.removed));
        expect(objects.clusterRoleBindings).toEqual(after.objects.clusterRoleBindings);
        expect(objects.roleBindings).toEqual(after.objects.roleBindings);
      }),
      { numRuns: 150 },
    );
  });
});
