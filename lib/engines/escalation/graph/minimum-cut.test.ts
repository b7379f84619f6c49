import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aGrantedCluster, escalationsIn, EVERYTHING, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aPod } from "#lib/testing/build-pods.ts";
import { graphOf, sourceNamed } from "#lib/testing/build-paths.ts";
import { aBinding, aClusterRole, aGroup, anAccount, aRule, aUser, DEFAULT_LABELS } from "#lib/testing/build-rbac.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { decideAccess, userInfoOf, type AccessModel } from "../../rbac/index.ts";
import type { AttackGraph } from "./attack-graph.ts";
import { ChangeSet, type Change } from "./change.ts";
import { ChangedGraph } from "./changed-graph.ts";
import { findPaths } from "./find-paths.ts";
import { losingSubjects, minimumCut } from "./minimum-cut.ts";
import { searchFrom, searchTo, UNREACHED } from "./search.ts";
import { grantsOfStep } from "./step-grants.ts";
import { MOST_READING } from "./step-rests.ts";

const RBAC = "rbac.authorization.k8s.io";
const exec = { verbs: ["create"], resources: ["pods/exec"] };
const rbacRule = (resource: string, verbs: readonly string[], resourceNames: readonly string[] = []) => ({
  verbs,
  apiGroups: [RBAC],
  resources: [resource],
  resourceNames,
});
const createPods = { verbs: ["create"], resources: ["pods"] };

/** A cut in words: `binding binding-0`, `rule role-0[1]`, `automount ops/root`. */
function inWords(change: Change, { bindings, roles }: AccessModel): string {
  if (change.type === "binding") return `binding ${bindings[change.binding]?.ref.name}`;
  if (change.type === "rule") return `rule ${roles[change.role]?.ref.name}[${change.rule}]`;
  return Object.values(change).join(" ");
}

function cutOf(parts: SnapshotParts, subject = "User:alice") {
  const graph = graphOf(parts);
  const cut = minimumCut(graph, sourceNamed(graph, subject), graph.target("cluster-admin"));
  return cut && { changes: cut.changes.map((change) => inWords(change, graph.model)), smallest: cut.smallest };
}

describe("the smallest cut", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; changes: readonly string[] }>([
    {
      name: "is the binding that gives the only way",
      grants: [{ rules: [exec], in: "ops" }],
      changes: ["binding binding-0"],
    },
    {
      name: "is one half of a conjunction",
      grants: [
        { rules: [{ verbs: ["bind"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"] }] },
        {
          rules: [{ verbs: ["create"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterrolebindings"] }],
        },
      ],
      changes: ["binding binding-0"],
    },
    {
      name: "is what two ways of one binding share",
      grants: [{ rules: [exec, createPods], in: "ops" }],
      changes: ["binding binding-0"],
    },
  ])("$name", ({ grants, changes }) => {
    expect(cutOf(aGrantedCluster(...grants))).toEqual({ changes, smallest: true });
  });

  it("is what both ways lead through, when that is one thing", () => {
    // Two bindings open two ways into the pod; one token in it is what both want.
    const parts = aGrantedCluster(
      { rules: [exec], in: "ops" },
      { rules: [{ ...exec, resources: ["*/exec"] }], in: "ops" },
    );
    const cut = cutOf(parts);
    expect(cut?.smallest).toBe(true);
    expect(cut?.changes).toHaveLength(1);
    expect(["binding root", "automount ops root"]).toContain(cut?.changes[0]);
  });

  it("sees what comes to light when a stronger right goes", () => {
    const bind = { verbs: ["bind", "create"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["*"] };
    const cut = cutOf(aGrantedCluster({ rules: [EVERYTHING] }, { rules: [bind] }));
    expect(cut?.changes.toSorted()).toEqual(["binding binding-0", "binding binding-1"]);
    expect(cut?.smallest).toBe(true);
  });

  it("offers no binding that the API server makes again", () => {
    expect(
      cutOf(aGrantedCluster({ rules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }], byDefault: true })),
    ).toEqual({ changes: ["rule role-0[0]"], smallest: true });
  });

  it("takes the rule of one grant and the binding of another where that is fewest", () => {
    // The rule of role-0 is behind two ways; cluster-admin gives the same right, and its rule comes back.
    const impersonate = { verbs: ["impersonate"], resources: ["serviceaccounts"] };
    const parts = aGrantedCluster({ rules: [createPods], in: "ops" }, { rules: [impersonate], in: "shop" });
    const everything = aRule(EVERYTHING);
    const restored = aClusterRole("cluster-admin", [everything], { labels: DEFAULT_LABELS });
    const cut = cutOf({
      ...parts,
      clusterRoles: [restored, ...(parts.clusterRoles ?? []).slice(1)],
      clusterRoleBindings: [
        aBinding({ name: "root", role: "cluster-admin", subjects: [anAccount("ops", "root")], labels: DEFAULT_LABELS }),
        aBinding({ name: "own", role: "cluster-admin", subjects: [aUser("alice")] }),
      ],
      roleBindings: [
        ...(parts.roleBindings ?? []),
        aBinding({ name: "web", namespace: "ops", role: "role-0", subjects: [anAccount("shop", "web")] }),
      ],
    });
    expect(cut?.changes.toSorted()).toEqual(["binding own", "rule role-0[0]"]);
    expect(cut?.smallest).toBe(true);
  });

  describe("may be what a right rests on, where that is less than what gives it", () => {
    const tokens = { verbs: ["create"], resources: ["serviceaccounts/token"] };

    it.each<{
      name: string;
      /** Each is given twice, so that two bindings would have to go. */
      grants: readonly GivenGrant[];
      role?: ReturnType<typeof aClusterRole>;
      bindings?: readonly ReturnType<typeof aBinding>[];
      change: string;
    }>([
      {
        name: "a binding to a role that only has to be made",
        grants: [{ rules: [rbacRule("clusterroles", ["escalate", "create"])] }],
        bindings: [aBinding({ name: "waiting", role: "missing", subjects: [aUser("alice")] })],
        change: "binding waiting",
      },
      {
        name: "a binding of somebody else that can be joined",
        grants: [
          { rules: [rbacRule("clusterrolebindings", ["update"]), rbacRule("clusterroles", ["bind"], ["strong"])] },
        ],
        role: aClusterRole("strong", [aRule(EVERYTHING)]),
        bindings: [aBinding({ name: "joined", role: "strong", subjects: [aUser("bob")] })],
        change: "binding joined",
      },
      {
        name: "the one of several bindings that is not limited to a role of no use",
        grants: [
          { rules: [rbacRule("clusterrolebindings", ["create"]), rbacRule("clusterroles", ["bind"], ["weak"])] },
        ],
        role: aClusterRole("unlimited", [aRule(rbacRule("clusterroles", ["bind"]))]),
        bindings: [aBinding({ name: "own", role: "unlimited", subjects: [aUser("alice")] })],
        change: "binding own",
      },
      {
        name: "the rule of a role behind more bindings than are worth taking away",
        grants: [
          { rules: [rbacRule("clusterrolebindings", ["update"]), rbacRule("clusterroles", ["bind"], ["strong"])] },
        ],
        role: aClusterRole("strong", [aRule(EVERYTHING)]),
        bindings: Array.from({ length: 12 }, (_, index) =>
          aBinding({ name: `joined-${index}`, role: "strong", subjects: [aUser("bob")] }),
        ),
        change: "rule strong[0]",
      },
      {
        name: "the rule of the only role that may be bound",
        grants: [
          { rules: [rbacRule("clusterrolebindings", ["create"]), rbacRule("clusterroles", ["bind"], ["strong"])] },
        ],
        role: aClusterRole("strong", [aRule(EVERYTHING)]),
        change: "rule strong[0]",
      },
      {
        name: "the binding of the only role that may be rewritten",
        grants: [{ rules: [rbacRule("clusterroles", ["escalate", "update"], ["mine"])] }],
        role: aClusterRole("mine", []),
        bindings: [aBinding({ name: "own", role: "mine", subjects: [aUser("alice")] })],
        change: "binding own",
      },
      {
        name: "the same of an account that can be used",
        grants: [
          { rules: [rbacRule("clusterroles", ["escalate", "update"], ["robot"])] },
          { rules: [tokens], in: "shop" },
        ],
        role: aClusterRole("robot", []),
        bindings: [aBinding({ name: "robot", role: "robot", subjects: [anAccount("shop", "web")] })],
        change: "binding robot",
      },
    ])("$name", ({ grants, role, bindings = [], change }) => {
      const parts = aGrantedCluster(...grants, ...grants);
      const cut = cutOf({
        ...parts,
        clusterRoles: [...(parts.clusterRoles ?? []), ...(role ? [role] : [])],
        clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), ...bindings],
      });
      expect(cut).toEqual({ changes: [change], smallest: true });
    });
  });

  it("is not called smallest where what a right rests on stands among too many bindings to look through", () => {
    const rules = [
      rbacRule("clusterrolebindings", ["update"]),
      rbacRule("rolebindings", ["update"]),
      rbacRule("clusterroles", ["bind"], ["strong"]),
    ];
    const parts = aGrantedCluster({ rules }, { rules });
    const cut = cutOf({
      ...parts,
      clusterRoles: [...(parts.clusterRoles ?? []), aClusterRole("strong", [aRule(EVERYTHING)])],
      clusterRoleBindings: [
        ...(parts.clusterRoleBindings ?? []),
        aBinding({ name: "joined", role: "strong", subjects: [aUser("bob")] }),
      ],
      roleBindings: Array.from({ length: MOST_READING }, (_, index) =>
        aBinding({ name: `other-${index}`, namespace: "shop", role: "role-0", subjects: [] }),
      ),
    });
    expect(cut).toEqual({ changes: ["binding binding-0", "binding binding-1"], smallest: false });
  });

  it("is proven beyond what is searched through, when no two ways share anything", () => {
    expect(cutOf(aGrantedCluster(...Array.from({ length: 5 }, () => ({ rules: [EVERYTHING] }))))).toEqual({
      changes: [
        "binding binding-0",
        "binding binding-1",
        "binding binding-2",
        "binding binding-3",
        "binding binding-4",
      ],
      smallest: true,
    });
  });

  it("does not exist for system:masters", () => {
    const parts = aGrantedCluster();
    const masters = aBinding({ name: "m", role: "view", subjects: [aGroup("system:masters")] });
    const bindings = [...(parts.clusterRoleBindings ?? []), masters];
    expect(cutOf({ ...parts, clusterRoleBindings: bindings }, "Group:system:masters")).toBeNull();
  });

  it("is nothing where there is no way", () => {
    expect(cutOf(aGrantedCluster(), "ServiceAccount:shop/web")).toEqual({ changes: [], smallest: true });
  });

  it("counts everybody who loses the way", () => {
    const parts = aGrantedCluster({ rules: [exec], in: "ops" });
    const shared = aBinding({
      namespace: "ops",
      name: "binding-0",
      role: "role-0",
      subjects: [aUser("alice"), aUser("bob"), anAccount("shop", "web"), anAccount("shop", "gone")],
    });
    const graph = graphOf({ ...parts, roleBindings: [shared] });
    const cut = minimumCut(graph, sourceNamed(graph, "User:bob"), graph.target("cluster-admin"));
    const names = losingSubjects(graph, cut?.changes ?? [], graph.target("cluster-admin")).map(
      (id) => graph.model.subjects[id]?.name,
    );
    expect(cut?.changes.map((change) => inWords(change, graph.model))).not.toEqual([]);
    // The account `gone` does not exist; its rights wait for it. Whether `root` is among them depends on which of the equal cuts is taken.
    expect(names).toEqual(expect.arrayContaining(["alice", "bob", "web", "gone"]));
  });
});

const RULES = [
  exec,
  createPods,
  { verbs: ["impersonate"], resources: ["serviceaccounts"] },
  { verbs: ["create"], resources: ["serviceaccounts/token"] },
  EVERYTHING,
  { verbs: ["bind"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"] },
  {
    verbs: ["bind"],
    apiGroups: ["rbac.authorization.k8s.io"],
    resources: ["clusterroles"],
    resourceNames: ["cluster-admin"],
  },
  { verbs: ["create"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterrolebindings", "rolebindings"] },
  { verbs: ["get"], resources: ["nodes/proxy"] },
  { verbs: ["list"], resources: ["secrets"] },
  { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] },
  { verbs: ["escalate", "update"], apiGroups: [RBAC], resources: ["clusterroles", "roles"] },
  { verbs: ["escalate", "create"], apiGroups: [RBAC], resources: ["clusterroles"] },
  { verbs: ["update"], apiGroups: [RBAC], resources: ["clusterrolebindings", "rolebindings"] },
  { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"], resourceNames: ["role-0"] },
] as const;
/** Names that the rules above are limited to. */
const NAMES = ["cluster-admin", "role-0"];
const SUBJECTS = [
  aUser("alice"),
  aUser("bob"),
  anAccount("shop", "web"),
  anAccount("payments", "web"),
  aGroup("system:serviceaccounts:shop"),
  aGroup("system:authenticated"),
];

const grant = fc.record({
  rules: fc.subarray([...RULES], { minLength: 1, maxLength: 3 }),
  to: fc.constantFrom(...SUBJECTS),
  in: fc.constantFrom(undefined, "ops", "shop", "payments"),
});
/** A binding to a role that does not exist. */
const dangling = fc.record({ to: fc.constantFrom(...SUBJECTS), in: fc.constantFrom(undefined, "ops", "shop") });
const world = fc
  .tuple(fc.array(grant, { minLength: 1, maxLength: 6 }), fc.array(dangling, { maxLength: 2 }))
  .map(([grants, waiting]) => withDangling(clusterWith(grants), waiting));
/** One user with many ways. */
const crowdedWorld = fc
  .tuple(
    fc.array(grant, { minLength: 2, maxLength: 6 }),
    fc.array(grant, { maxLength: 1 }),
    fc.array(dangling, { maxLength: 1 }),
  )
  .map(([own, others, waiting]) =>
    withDangling(clusterWith([...own.map((one) => ({ ...one, to: aUser("alice") })), ...others]), waiting),
  );

function withDangling(
  parts: SnapshotParts,
  waiting: readonly { readonly to: (typeof SUBJECTS)[number]; readonly in: string | undefined }[],
): SnapshotParts {
  const bindings = waiting.map(({ to, in: namespace }, index) =>
    aBinding({
      ...(namespace === undefined ? {} : { namespace }),
      name: `waiting-${index}`,
      role: "missing",
      subjects: [to],
    }),
  );
  return {
    ...parts,
    clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), ...bindings.filter((_, at) => !waiting[at]?.in)],
    roleBindings: [...(parts.roleBindings ?? []), ...bindings.filter((_, at) => waiting[at]?.in)],
  };
}

function clusterWith(grants: readonly (GivenGrant & { readonly in: string | undefined })[]): SnapshotParts {
  const parts = aGrantedCluster(
    ...grants.map(({ in: namespace, ...rest }) => (namespace === undefined ? rest : { ...rest, in: namespace })),
  );
  const pods = [...(parts.pods ?? []), aPod("shop", "web-0", { spec: { serviceAccountName: "web" } })];
  return { ...parts, pods };
}

/** The objects after the changes, made from scratch: what an operator would have then. */
function afterwards(parts: SnapshotParts, changes: readonly Change[], { bindings, roles }: AccessModel): SnapshotParts {
  const gone = new Set(
    changes.flatMap((change) => (change.type === "binding" ? [bindings[change.binding]?.object] : [])),
  );
  const keepRules = <R extends { readonly rules: readonly unknown[] }>(role: R): R => {
    const position = roles.findIndex(({ object }) => (object as unknown) === role);
    const removed = changes.flatMap((change) =>
      change.type === "rule" && change.role === position ? [change.rule] : [],
    );
    return { ...role, rules: role.rules.filter((_, index) => !removed.includes(index)) };
  };
  const automount = new Set(
    changes.flatMap((change) => (change.type === "automount" ? [`${change.namespace}/${change.account}`] : [])),
  );
  return {
    ...parts,
    clusterRoles: (parts.clusterRoles ?? []).map(keepRules),
    clusterRoleBindings: (parts.clusterRoleBindings ?? []).filter((binding) => !gone.has(binding)),
    roleBindings: (parts.roleBindings ?? []).filter((binding) => !gone.has(binding)),
    pods: (parts.pods ?? []).map((pod) =>
      automount.has(`${pod.metadata.namespace}/${pod.spec.serviceAccountName}`)
        ? { ...pod, spec: { ...pod.spec, automountServiceAccountToken: false } }
        : pod,
    ),
  };
}

function combinations<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    combinations(items.slice(index + 1), size - 1).map((others) => [item, ...others]),
  );
}

/** Subjects that reach cluster-admin. */
function takers(graph: AttackGraph): readonly string[] {
  return graph.model.subjects.flatMap((subject, id) =>
    (graph.toTakeover.effort[graph.sourceOf(id)] ?? UNREACHED) < UNREACHED
      ? [`${subject.kind} ${subject.namespace ?? ""} ${subject.name}`]
      : [],
  );
}

describe("in any cluster", () => {
  it("a cut leaves no way in the cluster that is built anew after its changes, and counts who loses it", () => {
    fc.assert(
      fc.property(world, (parts) => {
        const { model, result } = escalationsIn(parts);
        const { graph } = result;
        const target = graph.target("cluster-admin");
        for (const id of model.subjects.keys()) {
          const source = graph.sourceOf(id);
          if ((graph.toTakeover.effort[source] ?? UNREACHED) === UNREACHED) continue;
          const cut = minimumCut(graph, source, target);
          if (!cut || cut.changes.some(({ type }) => !["binding", "rule", "automount"].includes(type))) continue;
          const left = graphOf(afterwards(parts, cut.changes, model));
          const position = left.model.subjects.findIndex(
            ({ kind, namespace, name }) =>
              kind === model.subjects[id]?.kind &&
              namespace === model.subjects[id]?.namespace &&
              name === model.subjects[id]?.name,
          );
          if (position >= 0) expect(left.toTakeover.effort[left.sourceOf(position)]).toBe(UNREACHED);
          // Subjects that only the removed bindings named are no longer known; they cannot reach anything either.
          const still = new Set(takers(left));
          const lost = takers(graph).filter((name) => !still.has(name));
          expect(losingSubjects(graph, cut.changes, target)).toHaveLength(lost.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("no fewer changes would do, where that is said", () => {
    let compared = 0;
    fc.assert(
      fc.property(crowdedWorld, (parts) => {
        const graph = graphOf(parts);
        const { model } = graph;
        const target = graph.target("cluster-admin");
        const settings = graph.steps.flatMap(({ via }) =>
          via.type === "link" && via.fact.change ? [via.fact.change] : [],
        );
        const candidates = new ChangeSet([
          ...model.bindings.keys().map((binding): Change => ({ type: "binding", binding })),
          ...model.roles.flatMap(({ ruleIds }, role) =>
            ruleIds.map((_, rule): Change => ({ type: "rule", role, rule })),
          ),
          ...settings,
        ]).changes;
        for (const id of model.subjects.keys()) {
          const source = graph.sourceOf(id);
          const cut = minimumCut(graph, source, target);
          if (!cut?.smallest || cut.changes.length < 2) continue;
          for (const fewer of combinations(candidates, Math.min(2, cut.changes.length - 1))) {
            const left = new ChangedGraph(graph, new ChangeSet(fewer));
            expect(searchFrom(left, [source]).effort[target]).not.toBe(UNREACHED);
            compared += 1;
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(0);
  });

  it("every step of a path is allowed by the access engine, or follows from what was reached", () => {
    fc.assert(
      fc.property(world, (parts) => {
        const graph = graphOf(parts);
        const { model, facts } = graph;
        for (const id of model.subjects.keys()) {
          const ways = findPaths(graph, graph.sourceOf(id), graph.target("cluster-admin"), { max: 5 });
          for (const { steps } of ways) {
            expect(steps.at(-1)?.to).toBe(graph.target("cluster-admin"));
            steps.forEach((step, index) => {
              if (index > 0) expect(step.from).toBe(steps[index - 1]?.to);
              const vertex = graph.vertices[step.from];
              if (step.via.type !== "right" || vertex?.type !== "subject") return;
              const subject = model.subjects[vertex.subject];
              if (!subject) throw new Error("a step of nobody");
              const { place, edge } = step.via;
              const who = userInfoOf(subject);
              for (const alternatives of edge.needs(facts)) {
                const allowed = alternatives.some((query) =>
                  (query.names === "any" ? [...(place.names ?? []), ...NAMES, ""] : [query.name ?? ""]).some(
                    (name) =>
                      decideAccess(model, who, {
                        verb: query.verb,
                        apiGroup: query.apiGroup,
                        resource: query.resource,
                        subresource: query.subresource ?? "",
                        namespace: place.namespace ?? "",
                        name,
                      }).verdict === "allowed",
                  ),
                );
                expect(allowed, `${edge.id} of ${subject.name}`).toBe(true);
              }
              expect(grantsOfStep(graph, step).every((grants) => grants.length > 0)).toBe(true);
            });
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("a further binding takes nobody's way away", () => {
    fc.assert(
      fc.property(world, grant, (parts, { rules, to, in: namespace }) => {
        const before = graphOf(parts);
        const role = aGrantedCluster({ rules, to }).clusterRoles?.at(-1);
        if (!role) throw new Error("no role");
        const extra = { ...role, metadata: { ...role.metadata, name: "extra" } };
        const binding = aBinding({
          name: "extra",
          role: "extra",
          subjects: [to],
          ...(namespace === undefined ? {} : { namespace }),
        });
        const after = graphOf({
          ...parts,
          clusterRoles: [...(parts.clusterRoles ?? []), extra],
          clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), ...(namespace === undefined ? [binding] : [])],
          roleBindings: [...(parts.roleBindings ?? []), ...(namespace === undefined ? [] : [binding])],
        });
        const reached = new Set(takers(after));
        expect(takers(before).filter((name) => !reached.has(name))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("a search in a space that was used before finds what one in a space of its own does", () => {
    fc.assert(
      fc.property(world, fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (parts, picks) => {
        const graph = graphOf(parts);
        const changed = new ChangedGraph(graph, new ChangeSet([{ type: "binding", binding: 0 }]));
        for (const [index, pick] of picks.entries()) {
          const searched = index % 2 === 0 ? graph : changed;
          const origins = [pick % searched.vertexCount];
          const search = pick % 3 === 0 ? searchTo : searchFrom;
          const options = pick % 4 === 0 ? { until: (pick >> 3) % graph.vertexCount } : {};
          const found = search(searched, origins, { ...options, space: graph.space });
          expect(found).toEqual(search(searched, origins, options));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("one search for everybody agrees with a search from each", () => {
    fc.assert(
      fc.property(world, (parts) => {
        const graph = graphOf(parts);
        const target = graph.target("cluster-admin");
        for (const id of graph.model.subjects.keys()) {
          const source = graph.sourceOf(id);
          expect(searchFrom(graph, [source]).effort[target]).toBe(graph.toTakeover.effort[source]);
        }
      }),
      { numRuns: 40 },
    );
  });
});
