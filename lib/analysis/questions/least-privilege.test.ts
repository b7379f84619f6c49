import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import { describe, expect, it } from "vitest";
import { leastPrivilegeBodySchema, leastPrivilegeSchema } from "#lib/contracts/least-privilege.ts";
import type { AccessRequest, ResourceRequest } from "#lib/model/access.ts";
import type { UsedRequest } from "#lib/model/used-request.ts";
import {
  aBinding,
  aClusterRole,
  aGroup,
  aRole,
  aRule,
  aServiceAccount,
  aUser,
  anAccount,
} from "#lib/testing/build-rbac.ts";
import { aSnapshot, defaultRbac, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { analyzeAccess } from "../analyze-access.ts";
import { leastPrivilege } from "./least-privilege.ts";

const APP = "ServiceAccount:shop/app";

function ask(verb: string, resource: string, namespace = "", name = ""): ResourceRequest {
  const [plain = "", subresource = ""] = resource.split("/");
  return { verb, apiGroup: "", resource: plain, subresource, namespace, name };
}

function used(request: AccessRequest, parts: Partial<UsedRequest> = {}): UsedRequest {
  return { request, origin: "request", manyNames: false, allowed: 1, refused: 0, unknown: 0, lastAt: null, ...parts };
}

function answer(
  requests: readonly UsedRequest[],
  options: { subject?: string; parts?: SnapshotParts; body?: object } = {},
) {
  const { subject = APP, parts = {}, body = {} } = options;
  const defaults = defaultRbac();
  const analysis = analyzeAccess(
    aSnapshot({
      ...defaults,
      serviceAccounts: [aServiceAccount("shop", "app")],
      ...parts,
      clusterRoles: [...defaults.clusterRoles, ...(parts.clusterRoles ?? [])],
      clusterRoleBindings: [...defaults.clusterRoleBindings, ...(parts.clusterRoleBindings ?? [])],
    }),
  );
  const given = leastPrivilegeBodySchema.parse({
    groups: [],
    requests,
    log: { firstAt: 0, lastAt: 30 * 86_400_000, requests: requests.length, brokenLines: 0, dropped: 0 },
    ...body,
  });
  // What crosses to the page fits its schema.
  return leastPrivilegeSchema.parse(leastPrivilege(analysis, subject, given));
}

const texts = (list: readonly { readonly text: string }[]) => list.map(({ text }) => text);
const wide = {
  clusterRoles: [aClusterRole("wide", [aRule({ verbs: ["get", "list"], resources: ["pods", "secrets"] })])],
  clusterRoleBindings: [aBinding({ name: "app", role: "wide", subjects: [anAccount("shop", "app")] })],
};

describe("leastPrivilege", () => {
  it("says what is used of what is held, grants it, and names what it takes the place of", () => {
    const { sentence, rights, grants, yaml, granted } = answer([used(ask("list", "pods", "shop"))], { parts: wide });
    expect(sentence).toBe("shop/app uses 1 of the 4 rights that it holds.");
    expect([rights, granted]).toEqual([{ used: 1, held: 4 }, 1]);
    expect(grants.map(({ state, used: what }) => [state, what])).toEqual([["partly", "list of pods in shop"]]);
    expect(yaml).toContain("# Then take the subject out of ClusterRoleBinding app");
  });

  it("does not grant again what Kubernetes gives everybody, but what a group of its own gives", () => {
    const discovery = used({ verb: "get", path: "/apis/apps/v1" });
    const review = used({ ...ask("create", "selfsubjectaccessreviews"), apiGroup: "authorization.k8s.io" });
    const everyone = aBinding({ name: "all", role: "wide", subjects: [aGroup("system:authenticated")] });
    const { given, roles } = answer([discovery, review, used(ask("get", "pods"))], {
      parts: { ...wide, clusterRoleBindings: [everyone] },
    });
    expect(texts(given)).toEqual(["create selfsubjectaccessreviews.authorization.k8s.io", "get /apis/apps/v1"]);
    expect(roles.map(({ rules }) => rules.map(({ resources }) => resources))).toEqual([[["pods"]]]);
  });

  it("lists what was refused, and what is no longer allowed", () => {
    const { refused, lost, roles } = answer(
      [used(ask("delete", "pods", "shop", "a")), used(ask("list", "secrets"), { allowed: 0, refused: 3 })],
      { parts: wide },
    );
    expect(refused).toEqual([{ text: "list secrets", count: 3, lastAt: null }]);
    expect(texts(lost)).toEqual(["delete pods in shop named a"]);
    expect(roles).toHaveLength(1);
  });

  it("takes what has no outcome for used only where it is allowed now", () => {
    const open = { allowed: 0, unknown: 1 };
    const { roles, undecided, notes } = answer([used(ask("list", "pods"), open), used(ask("delete", "nodes"), open)], {
      parts: wide,
    });
    expect(roles.map(({ rules }) => rules.length)).toEqual([1]);
    expect(texts(undecided)).toEqual(["delete nodes"]);
    expect(notes.join()).toContain("they count as used because they are allowed now");
  });

  it.each([
    { minor: "34", verbs: ["get"] },
    { minor: "37", verbs: ["get", "create"] },
    { minor: null, verbs: ["get", "create"] },
  ])("grants create beside get of exec on servers that ask for it (minor $minor)", ({ minor, verbs }) => {
    const exec = ask("get", "pods/exec", "shop", "a");
    const { roles } = answer([used(exec), used({ ...exec, verb: "create" }, { origin: "upgrade" })], {
      parts: { minor },
    });
    expect(roles[0]?.rules.map((rule) => rule.verbs)).toEqual([verbs]);
  });

  it("uses the groups that the log shows, and says when they make roles pointless", () => {
    const parts = { ...wide, clusterRoleBindings: [aBinding({ role: "wide", subjects: [aGroup("dev")] })] };
    const dev = answer([used(ask("get", "pods"))], { subject: "User:alice", parts, body: { groups: ["dev"] } });
    expect(dev.rights).toEqual({ used: 1, held: 4 });
    expect(answer([], { subject: "User:alice", parts }).rights.held).toBe(0);
    const master = answer([used(ask("get", "pods"))], { subject: "User:root", body: { groups: ["system:masters"] } });
    expect(master.notes.join()).toContain("It is in system:masters");
    expect(master.rights.used).toBe(1);
    expect(master.rights.held).toBeGreaterThan(100);
  });

  it("gives a group what its members used", () => {
    const { yaml, roles } = answer([used(ask("get", "pods", "shop"))], { subject: "Group:dev ops" });
    expect(roles).toHaveLength(1);
    expect(
      parseAllDocuments(yaml)
        .map((document): unknown => document.toJS())
        .at(-1),
    ).toMatchObject({ subjects: [{ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: "dev ops" }] });
  });

  it("grants a group again what only Kubernetes' own binding of that group gives", () => {
    expect(answer([used(ask("get", "pods"))], { subject: "Group:system:masters" }).granted).toBe(1);
    const discovery = used({ verb: "get", path: "/apis/apps/v1" });
    expect(answer([discovery], { subject: "Group:dev" }).granted).toBe(0);
    expect(answer([discovery], { subject: "Group:system:authenticated" }).granted).toBe(1);
  });

  it("takes no name that is taken, and keeps subjects apart whose names only look alike", () => {
    const first = answer([used(ask("get", "pods"))]);
    const [role] = first.roles;
    expect(role?.role.name).toBe("least-privilege-shop-app");
    const again = answer([used(ask("get", "pods"))], {
      parts: { roles: [aRole("pay", "least-privilege-shop-app", [])] },
    });
    expect(again.roles[0]?.role.name).toBe("least-privilege-shop-app-2");
    const names = ["User:Bob", "User:bob", "User:b ob", "User:名", "User:../x", "Group:bob"].map(
      (subject) => answer([used(ask("get", "pods"))], { subject }).roles[0]?.role.name ?? "",
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^least-privilege-[a-z0-9][a-z0-9.-]*$/);
  });

  it.each([
    {
      name: "a short log",
      body: { log: { firstAt: 0, lastAt: 3_600_000, requests: 1, brokenLines: 0, dropped: 0 } },
      note: "covers only 1 hour",
    },
    {
      name: "a log without times",
      body: { log: { firstAt: null, lastAt: null, requests: 1, brokenLines: 0, dropped: 0 } },
      note: "no readable time",
    },
    {
      name: "dropped requests",
      body: { log: { firstAt: 0, lastAt: 1, requests: 1, brokenLines: 0, dropped: 7 } },
      note: "Incomplete: 7 requests",
    },
    {
      name: "broken lines",
      body: { log: { firstAt: 0, lastAt: 1, requests: 1, brokenLines: 2, dropped: 0 } },
      note: "2 lines of the log could not be read",
    },
    { name: "what no log shows", body: {}, note: "no proof that nothing else is needed" },
  ])("warns of $name", ({ body, note }) => {
    expect(answer([used(ask("get", "pods"))], { body }).notes.join("\n")).toContain(note);
  });

  it("warns of names that were made up, and of writes that are checked against one's own rights", () => {
    const { notes } = answer([
      used(ask("get", "pods", "shop", "web-7d9f4-x2x9z")),
      used({ ...ask("create", "roles", "shop"), apiGroup: "rbac.authorization.k8s.io" }),
    ]);
    expect(notes.join("\n")).toContain("look generated and will not come again: web-7d9f4-x2x9z");
    expect(notes.join("\n")).toContain("Writing roles needs every right that the role holds, or escalate");
  });

  it("says what was not read instead of calling it unused", () => {
    const { unread } = answer([used(ask("get", "pods"))], {
      parts: { gaps: [{ resource: "rolebindings", namespace: "pay", state: "forbidden" }] },
    });
    expect(unread).toEqual(["RoleBindings of pay were not read"]);
  });

  it("does not let text of the log out of a comment or a string", () => {
    const evil = "x\nkind: ClusterRoleBinding\n---\n#";
    const { yaml } = answer([used(ask("get", "pods", "shop", evil)), used(ask("list", `*`))], {
      subject: `User:${evil}`,
    });
    const documents = parseAllDocuments(yaml);
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const objects = documents.map(
      (document) => document.toJS() as { kind: string; rules?: object[]; subjects?: object[] },
    );
    expect(objects.map(({ kind }) => kind)).toEqual(["Role", "RoleBinding"]);
    expect(objects[0]?.rules).toEqual([
      { verbs: ["get"], apiGroups: [""], resources: ["pods"], resourceNames: [evil] },
    ]);
    expect(objects[1]?.subjects).toMatchObject([{ name: evil }]);
  });

  it("refuses what is no subject", () => {
    expect(() => answer([], { subject: "Robot:x" })).toThrow("This is no subject");
  });

  it("grants in YAML exactly the rules of its answer, for any requests", () => {
    const text = fc.oneof(
      fc.constantFrom("", "a", "*", "null", "yes", "1e3", "__proto__", "- x", "#", "'", '"'),
      fc.string(),
    );
    const request = fc.record({
      verb: text,
      apiGroup: text,
      resource: text,
      subresource: text,
      namespace: fc.constantFrom("", "shop", "no"),
      name: text,
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 8 }), (requests) => {
        const { yaml, roles } = answer(requests.map((entry) => used(entry)));
        const written = parseAllDocuments(yaml)
          .map((document) => document.toJS() as { kind: string; rules: Record<string, string[]>[] })
          .filter((object) => object?.kind === "Role" || object?.kind === "ClusterRole");
        expect(written.map(({ rules }) => rules)).toEqual(
          roles.map(({ rules }) =>
            rules.map((rule) => Object.fromEntries(Object.entries(rule).filter(([, list]) => list.length > 0))),
          ),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("names users as well", () => {
    const parts = {
      clusterRoles: wide.clusterRoles,
      clusterRoleBindings: [aBinding({ role: "wide", subjects: [aUser("alice")] })],
    };
    expect(answer([used(ask("get", "pods"))], { subject: "User:alice", parts }).sentence).toBe(
      "alice uses 1 of the 4 rights that it holds.",
    );
  });
});
