import { describe, expect, it } from "vitest";
import { formatSubject } from "#lib/model/subject-name.ts";
import { aBinding, aClusterRole, aGroup, anAccount, aRule, aServiceAccount, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { compileAccess, decideAccess, userInfoOf, type RightQuery } from "../rbac/index.ts";
import { hasRight, RightMasks } from "./right-masks.ts";

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
const get: RightQuery = { verb: "get", apiGroup: "", resource: "pods" };
const list: RightQuery = { verb: "list", apiGroup: "", resource: "pods" };
const getAny: RightQuery = { ...get, names: "any" };
const getOne: RightQuery = { ...get, name: "one" };
const QUERIES = [get, list, getAny, getOne];

/** Rights of a subject by place, in words: `get list` in `cluster`, `a` … */
function rightsOf(masks: RightMasks, subject: string, alsoOfGroups = true) {
  const id = model.subjects.findIndex((candidate) => formatSubject(candidate) === subject);
  return Object.fromEntries(
    [...masks.of(id, alsoOfGroups)].map(({ namespace, all }) => [
      namespace ?? "cluster",
      QUERIES.filter((query) => hasRight(all, masks.bitOf(query)))
        .map((query) => `${query.verb}${query.names === "any" ? " any" : ""}${query.name ? ` ${query.name}` : ""}`)
        .join(", "),
    ]),
  );
}

describe("RightMasks", () => {
  const masks = new RightMasks(model, [...QUERIES, get]);

  it.each([
    { subject: "User:wide", rights: { cluster: "get, list, get any, get one" } },
    // What holds in the cluster holds in each namespace, together with what only the namespace gives.
    { subject: "User:half", rights: { cluster: "get, get any, get one", a: "get, list, get any, get one" } },
    // Halves in two namespaces never meet.
    { subject: "User:split", rights: { cluster: "", a: "list", b: "get, get any, get one" } },
    { subject: "User:named", rights: { cluster: "", a: "get any, get one" } },
    { subject: "ServiceAccount:a/web", rights: { cluster: "", a: "get, list, get any, get one" } },
    { subject: "Group:system:serviceaccounts:a", rights: { cluster: "", a: "get, get any, get one" } },
  ])("unites the bindings of $subject and of its groups, place by place", ({ subject, rights }) => {
    expect(rightsOf(masks, subject)).toEqual(rights);
  });

  it("agrees with the authorizer on every subject, place and exact right", () => {
    for (const [id, subject] of model.subjects.entries()) {
      const places = new Map([...masks.of(id, true)].map(({ namespace, all }) => [namespace ?? "", all]));
      for (const namespace of ["", "a", "b"]) {
        const all = places.get(namespace) ?? places.get("");
        for (const query of [get, list, getOne]) {
          const { verb, apiGroup, resource, name = "" } = query;
          const request = { verb, apiGroup, resource, subresource: "", namespace, name };
          const { verdict } = decideAccess(model, userInfoOf(subject), request);
          expect(all !== undefined && hasRight(all, masks.bitOf(query))).toBe(verdict === "allowed");
        }
      }
    }
  });

  it("leaves out namespaces in which one group alone holds something, when told to", () => {
    const other = compileAccess(
      aSnapshot({
        serviceAccounts: [aServiceAccount("a", "plain")],
        clusterRoles: [aClusterRole("getter", [aRule({ verbs: ["get"] })])],
        roleBindings: [aBinding({ namespace: "b", role: "getter", subjects: [aGroup("system:serviceaccounts:a")] })],
      }),
    );
    const small = new RightMasks(other, [get]);
    expect([...small.of(0, false)].map(({ namespace }) => namespace)).toEqual([null]);
    expect([...small.of(0, true)].map(({ namespace }) => namespace)).toEqual([null, "b"]);
  });

  it("forgets bindings and rules that are taken away, and nothing else", () => {
    const binding = model.bindings.findIndex(({ ref }) => ref.name === "3");
    const role = model.roles.findIndex(({ ref }) => ref.name === "getter");
    const without = masks.without(new Set([binding]), new Map([[role, new Set([0])]]));
    expect(rightsOf(without, "User:half")).toEqual({ cluster: "" });
    expect(rightsOf(without, "User:wide")).toEqual({ cluster: "list" });
    expect(rightsOf(without, "User:named")).toEqual({ cluster: "", a: "get any, get one" });
    expect(rightsOf(masks, "User:half")).toEqual({
      cluster: "get, get any, get one",
      a: "get, list, get any, get one",
    });
  });

  it("knows only the rights it was made for", () => {
    expect(() => masks.bitOf({ ...get, verb: "watch" })).toThrow(RangeError);
  });
});
