import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileAccess, recompileAccess } from "#lib/engines/rbac/index.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { aGrantedCluster, EVERYTHING, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aGroup, anAccount, aRole, aRule, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { changedEscalations, findEscalations, type EscalationResult } from "./find-escalations.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { searchFrom, UNREACHED } from "./graph/search.ts";
import type { Vertex } from "./graph/vertex.ts";

const RBAC = ["rbac.authorization.k8s.io"];
/** Among them those whose effect depends on what other bindings and roles there are. */
const RULES = [
  EVERYTHING,
  { verbs: ["create"], resources: ["pods/exec"] },
  { verbs: ["create"], resources: ["pods", "serviceaccounts", "secrets"] },
  { verbs: ["get", "list"], resources: ["secrets"] },
  { verbs: ["impersonate"], resources: ["users", "groups", "serviceaccounts"] },
  { verbs: ["bind"], apiGroups: RBAC, resources: ["clusterroles", "roles"] },
  { verbs: ["create", "patch"], apiGroups: RBAC, resources: ["clusterrolebindings", "rolebindings"] },
  { verbs: ["create", "update"], apiGroups: RBAC, resources: ["clusterroles", "roles"] },
  { verbs: ["escalate"], apiGroups: RBAC, resources: ["clusterroles", "roles"] },
  { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] },
] as const;
const SUBJECTS = [
  aUser("alice"),
  aUser("bob"),
  aGroup("team"),
  aGroup("system:authenticated"),
  aGroup("system:serviceaccounts:shop"),
  anAccount("shop", "web"),
  anAccount("payments", "web"),
  anAccount("payments", "gone"),
];
const grant: fc.Arbitrary<GivenGrant> = fc
  .record({
    rules: fc.subarray([...RULES], { maxLength: 3 }),
    to: fc.constantFrom(...SUBJECTS),
    in: fc.constantFrom(undefined, "ops", "shop", "payments"),
  })
  .map(({ in: namespace, ...rest }) => (namespace === undefined ? rest : { ...rest, in: namespace }));

/** Before and after: some grants stay as they are, some get other rules or another subject, some go, some come. */
const change = fc
  .record({
    grants: fc.array(
      fc.tuple(grant, fc.option(grant, { nil: undefined, freq: 1 }), fc.constantFrom("keep", "change", "drop")),
      { minLength: 1, maxLength: 6 },
    ),
    added: fc.array(grant, { maxLength: 2 }),
    roleBefore: fc.boolean(),
    roleAfter: fc.boolean(),
  })
  .map(({ grants, added, roleBefore, roleAfter }) => {
    const before = worldOf(
      grants.map(([first]) => first),
      roleBefore,
    );
    const after = worldOf(
      [
        ...grants.map(([first, other, what]) => (what === "keep" ? first : what === "drop" ? null : (other ?? first))),
        ...added,
      ],
      roleAfter,
    );
    return { before, after: sharing(before, after) };
  });

/** Grants keep their names by position; null leaves one out. A Role in `shop` comes and goes. */
function worldOf(grants: readonly (GivenGrant | null)[], withRole: boolean): ClusterSnapshot {
  const parts = aGrantedCluster(...grants.map((given) => given ?? { rules: [] }));
  const left = new Set(grants.flatMap((given, index) => (given === null ? [`binding-${index}`, `role-${index}`] : [])));
  const stays = ({ metadata }: { readonly metadata: { readonly name: string } }) => !left.has(metadata.name);
  return aSnapshot({
    ...parts,
    clusterRoles: (parts.clusterRoles ?? []).filter(stays),
    clusterRoleBindings: (parts.clusterRoleBindings ?? []).filter(stays),
    roleBindings: (parts.roleBindings ?? []).filter(stays),
    roles: withRole ? [aRole("shop", "late", [aRule({ verbs: ["get"], resources: ["secrets"] })])] : [],
  });
}

/** The same objects in memory where they are equal, as an overlay leaves them. */
function sharing(before: ClusterSnapshot, after: ClusterSnapshot): ClusterSnapshot {
  const known = new Map(
    Object.values(before.objects)
      .flat()
      .map((object): [string, unknown] => [JSON.stringify(object), object]),
  );
  const objects = Object.fromEntries(
    Object.entries(after.objects).map(([name, list]) => [
      name,
      list.map((object: unknown) => known.get(JSON.stringify(object)) ?? object),
    ]),
  ) as ClusterSnapshot["objects"]; // the same lists with equal objects
  return { ...after, objects };
}

/** Where everybody who is in the model gets, in words with the effort; without what only the other model still names. */
function reachOf({ graph }: EscalationResult, only: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const { model } = graph;
  const words = (vertex: Vertex): string | null => {
    if (vertex.type === "role") {
      const role = model.roles[vertex.role];
      return role && role.ruleIds.length > 0 ? `role ${JSON.stringify(role.ref)} ${vertex.namespace}` : null;
    }
    if (!("subject" in vertex)) return JSON.stringify(vertex);
    const subject = model.subjects[vertex.subject];
    const name = subject ? formatSubject(subject) : "";
    return only.has(name) ? `${vertex.type} ${name}` : null;
  };
  return new Map(
    model.subjects.flatMap((subject, id): [string, readonly string[]][] => {
      const name = formatSubject(subject);
      if (!only.has(name)) return [];
      const { effort } = searchFrom(graph, [graph.sourceOf(id)]);
      const reached = graph.vertices.flatMap((vertex, position) => {
        const own = effort[position] ?? UNREACHED;
        const text = own === UNREACHED ? null : words(vertex);
        return text === null ? [] : [`${text} ${own}`];
      });
      return [[name, reached.sort()]];
    }),
  );
}

describe("changedEscalations", () => {
  it("finds what is found anew, whatever bindings and roles come, go and change", () => {
    let reused = 0;
    fc.assert(
      fc.property(change, ({ before, after }) => {
        const facts = { minor: 37, cluster: clusterFacts(before) };
        const model = compileAccess(before);
        const base = findEscalations(model, facts);
        const recompiled = recompileAccess(model, after.objects);
        // An account that only a binding names.
        if (!recompiled) return;
        const anew = findEscalations(compileAccess(after), facts);
        const changed = changedEscalations(base, recompiled);
        const known = new Set(base.graph.steps);
        if (changed.graph.steps.some((step) => known.has(step))) reused += 1;
        const only = new Set(anew.graph.model.subjects.map(formatSubject));
        expect(reachOf(changed, only)).toEqual(reachOf(anew, only));
      }),
      { numRuns: 300 },
    );
    expect(reused).toBeGreaterThan(100);
  });

  it("leaves the result before as it is", () => {
    const before = worldOf([{ rules: [RULES[1]] }, { rules: [EVERYTHING], to: aUser("bob") }], false);
    const after = sharing(before, worldOf([{ rules: [RULES[1]] }, null], false));
    const model = compileAccess(before);
    const base = findEscalations(model, { minor: 37, cluster: clusterFacts(before) });
    const known = [...base.graph.steps];
    const recompiled = recompileAccess(model, after.objects);
    const changed = recompiled && changedEscalations(base, recompiled);
    expect(base.graph.steps).toEqual(known);
    const bob = model.findSubject("user", "bob") ?? -1;
    expect(base.graph.toTakeover.effort[bob]).toBeLessThan(UNREACHED);
    expect(changed?.graph.toTakeover.effort[bob]).toBe(UNREACHED);
  });
});
