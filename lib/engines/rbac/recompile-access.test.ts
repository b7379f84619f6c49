import { describe, expect, it } from "vitest";
import type { AccessFacts } from "#lib/engines/rbac/compile-access.ts";
import {
  aBinding,
  aClusterRole,
  aRole,
  aRule,
  aServiceAccount,
  anAccount,
  aUser,
  toRole,
} from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { compileAccess, type AccessModel } from "./compile-access.ts";
import { recompileAccess } from "./recompile-access.ts";

type Objects = AccessFacts["objects"];
const [alice, bob] = [aUser("alice"), aUser("bob")];
const secrets = aRule({ resources: ["secrets"] });
const BEFORE = aSnapshot({
  serviceAccounts: [aServiceAccount("shop", "web")],
  clusterRoles: [aClusterRole("reader"), aClusterRole("writer", [secrets])],
  roles: [aRole("shop", "own")],
  clusterRoleBindings: [aBinding({ name: "all", role: "reader", subjects: [alice, bob] })],
  roleBindings: [
    aBinding({ name: "few", namespace: "shop", role: toRole("own"), subjects: [alice, anAccount("shop", "web")] }),
    aBinding({ name: "none", namespace: "shop", role: "absent", subjects: [bob] }),
  ],
});

/** The lists that follow from roles and bindings, worked out from nothing. */
function relationsOf({ index, roles, bindings, subjects }: AccessModel) {
  const where = <T>(list: readonly T[], has: (item: T) => boolean) =>
    list.flatMap((item, position) => (has(item) ? [position] : []));
  const namespaces = new Set(
    bindings.filter(({ ref }) => ref.kind === "RoleBinding").map(({ namespace }) => namespace),
  );
  return {
    rolesOfRule: index.rules.map((_, rule) => where(roles, ({ ruleIds }) => ruleIds.includes(rule))),
    bindingsOfRole: roles.map((_, role) => where(bindings, (binding) => binding.role === role)),
    bindingsOfSubject: subjects.map((_, subject) => where(bindings, (binding) => binding.subjects.includes(subject))),
    bindingsOfNamespace: new Map(
      [...namespaces].map((name) => [
        name,
        where(bindings, ({ ref, namespace }) => ref.kind === "RoleBinding" && namespace === name),
      ]),
    ),
    clusterBindings: where(bindings, ({ ref }) => ref.kind === "ClusterRoleBinding"),
  };
}

describe("recompileAccess", () => {
  const without = <T>(list: readonly T[], index: number) => list.filter((_, position) => position !== index);
  it.each<{ name: string; change: (objects: Objects) => Partial<Objects> }>([
    { name: "nothing", change: () => ({}) },
    { name: "a binding that goes", change: ({ roleBindings }) => ({ roleBindings: without(roleBindings, 0) }) },
    {
      name: "bindings that come, one for somebody new in a new namespace",
      change: ({ roleBindings, clusterRoleBindings }) => ({
        clusterRoleBindings: [
          aBinding({ name: "a", role: "writer", subjects: [bob, anAccount("shop", "web")] }),
          ...clusterRoleBindings,
        ],
        roleBindings: [
          ...roleBindings,
          aBinding({ namespace: "ops", role: "reader", subjects: [aUser("carol"), bob] }),
        ],
      }),
    },
    {
      name: "a binding with other subjects",
      change: ({ roleBindings }) => ({
        roleBindings: [
          aBinding({ name: "few", namespace: "shop", role: toRole("own"), subjects: [bob] }),
          ...without(roleBindings, 0),
        ],
      }),
    },
    {
      name: "a role with other rules",
      change: ({ clusterRoles }) => ({
        clusterRoles: [aClusterRole("reader", [secrets, aRule(), aRule()]), ...without(clusterRoles, 0)],
      }),
    },
    { name: "a role that goes", change: ({ roles }) => ({ roles: without(roles, 0) }) },
    {
      name: "a role that a binding waits for",
      change: ({ clusterRoles }) => ({ clusterRoles: [aClusterRole("absent"), ...clusterRoles] }),
    },
  ])("relates rules, roles, bindings and subjects as they are after $name", ({ change }) => {
    const model = compileAccess(BEFORE);
    const known = structuredClone(relationsOf(model));
    const recompiled = recompileAccess(model, { ...BEFORE.objects, ...change(BEFORE.objects) });
    expect(recompiled?.model).toMatchObject(recompiled ? relationsOf(recompiled.model) : {});
    expect(relationsOf(model)).toEqual(known);
    expect(model).toMatchObject(known);
  });

  it("leaves an account that only a binding names to compiling anew", () => {
    const model = compileAccess(BEFORE);
    const added = aBinding({ namespace: "ops", role: "reader", subjects: [anAccount("ops", "late")] });
    const { objects } = BEFORE;
    expect(recompileAccess(model, { ...objects, roleBindings: [...objects.roleBindings, added] })).toBeNull();
  });
});
