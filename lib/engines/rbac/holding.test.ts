import { describe, expect, it } from "vitest";
import { formatSubject } from "#lib/model/subject-name.ts";
import { aBinding, aClusterRole, aGroup, anAccount, aRule, aServiceAccount, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import type { Bitset } from "../bitset.ts";
import { compileAccess } from "./compile-access.ts";
import { anywhereIn, both, clusterOnly, either, holding, type Holding } from "./holding.ts";

const model = compileAccess(
  aSnapshot({
    serviceAccounts: [aServiceAccount("a", "web")],
    clusterRoles: [
      aClusterRole("getter", [aRule({ verbs: ["get"] })]),
      aClusterRole("lister", [aRule({ verbs: ["list"] })]),
      aClusterRole("named", [aRule({ verbs: ["get"], resourceNames: ["one"] })]),
    ],
    clusterRoleBindings: [
      aBinding({ name: "1", role: "getter", subjects: [aUser("wide"), aUser("half")] }),
      aBinding({ name: "2", role: "lister", subjects: [aUser("wide")] }),
    ],
    roleBindings: [
      aBinding({ name: "3", namespace: "a", role: "lister", subjects: [aUser("half"), aUser("split")] }),
      aBinding({ name: "4", namespace: "b", role: "getter", subjects: [aUser("split")] }),
      aBinding({ name: "5", namespace: "a", role: "named", subjects: [aUser("named")] }),
      aBinding({ name: "6", namespace: "a", role: "getter", subjects: [aGroup("system:serviceaccounts:a")] }),
      aBinding({ name: "7", namespace: "a", role: "lister", subjects: [anAccount("a", "web")] }),
    ],
  }),
);
const pods = { apiGroup: "", resource: "pods" };
const get = holding(model, { verb: "get", ...pods });
const list = holding(model, { verb: "list", ...pods });

function names(set: Bitset): string[] {
  return [...set].flatMap((id) => {
    const subject = model.subjects[id];
    return subject ? [formatSubject(subject)] : [];
  });
}

function placesOf({ cluster, namespaces }: Holding): Record<string, string[]> {
  return {
    cluster: names(cluster).sort(),
    ...Object.fromEntries([...namespaces].map(([namespace, set]) => [namespace, names(set).sort()])),
  };
}

describe("holding", () => {
  it("tells cluster-wide holders from those of single namespaces, members of fixed groups included", () => {
    expect(placesOf(get)).toEqual({
      cluster: ["User:half", "User:wide"],
      a: ["Group:system:serviceaccounts:a", "ServiceAccount:a/web"],
      b: ["User:split"],
    });
  });

  it.each([
    { name: "without a name a limited rule does not count", query: {}, held: false },
    { name: "with its name it does", query: { name: "one" }, held: true },
    { name: "with another name it does not", query: { name: "two" }, held: false },
    { name: "for any name it does", query: { names: "any" as const }, held: true },
  ])("$name", ({ query, held }) => {
    const result = anywhereIn(holding(model, { verb: "get", ...pods, ...query }), "a");
    expect(names(result).includes("User:named")).toBe(held);
  });

  it("leaves out bindings that do not count", () => {
    const cut = holding(model, { verb: "get", ...pods }, ({ ref }) => ref.kind === "RoleBinding");
    expect(names(cut.cluster)).toEqual([]);
    expect(names(anywhereIn(cut, "b"))).toEqual(["User:split"]);
  });
});

describe("both", () => {
  const result = both(get, list);
  it("needs both halves in one place, from any binding", () => {
    expect(names(result.cluster)).toEqual(["User:wide"]);
    expect(names(anywhereIn(result, "a")).sort()).toEqual(["ServiceAccount:a/web", "User:half", "User:wide"]);
  });
  it("halves in different namespaces make nothing", () => {
    expect(names(anywhereIn(result, "b"))).toEqual(["User:wide"]);
  });
});

describe("either", () => {
  const result = either(get, list);
  it("needs one half", () => {
    expect(names(result.cluster).sort()).toEqual(["User:half", "User:wide"]);
    expect(names(anywhereIn(result, "b")).sort()).toEqual(["User:half", "User:split", "User:wide"]);
  });
  it("changes neither side", () => {
    expect(placesOf(holding(model, { verb: "get", ...pods }))).toEqual(placesOf(get));
  });
});

it("clusterOnly drops what role bindings give", () => {
  expect(placesOf(clusterOnly(get))).toEqual({ cluster: ["User:half", "User:wide"] });
});
