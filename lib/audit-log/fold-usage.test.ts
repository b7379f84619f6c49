import { describe, expect, it } from "vitest";
import type { Subject } from "#lib/model/access.ts";
import { anAuditEvent, auditLines, type EventParts } from "#lib/testing/build-audit-log.ts";
import { createUsageFold, type UsageOptions } from "./fold-usage.ts";
import { createAuditLogReader } from "./read-audit-log.ts";

function fold(events: readonly EventParts[], options: UsageOptions = {}) {
  const usage = createUsageFold(options);
  const reader = createAuditLogReader((event) => usage.add(event));
  reader.write(auditLines(events.map(anAuditEvent)));
  reader.end();
  return usage.result();
}

/** `origin verb group/resource/sub in namespace named name: allowed refused unknown`, per user. */
function words(result: ReturnType<typeof fold>) {
  return result.users.flatMap(({ user, requests }) =>
    requests.map(({ request, origin, manyNames, allowed, refused, unknown }) => {
      const what =
        "path" in request
          ? request.path
          : `${request.apiGroup}/${request.resource}/${request.subresource} ${request.namespace} ${manyNames ? "many" : request.name}`;
      return `${user}: ${origin} ${request.verb} ${what}: ${allowed} ${refused} ${unknown}`;
    }),
  );
}

const EXEC = { resource: "pods", namespace: "shop", name: "web", subresource: "exec" };
const EXEC_URI = "/api/v1/namespaces/shop/pods/web/exec?command=ls";
const imp = (name: string, more: object = {}, constraint?: string): EventParts => ({
  more: {
    impersonatedUser: { username: name, ...more },
    ...(constraint === undefined ? {} : { authenticationMetadata: { impersonationConstraint: constraint } }),
  },
});
const GET = "request get /configmaps/ shop settings: 1 0 0";

describe("what the authorizer was asked", () => {
  it.each<{ name: string; event: EventParts; asked: readonly string[] }>([
    { name: "a get", event: {}, asked: [`alice: ${GET}`] },
    {
      name: "a create, whose name is only in the answer",
      event: { verb: "create", uri: "/api/v1/namespaces/shop/configmaps?dryRun=All", status: 201 },
      asked: ["alice: request create /configmaps/ shop : 1 0 0"],
    },
    {
      name: "a create whose URL holds a name",
      event: { verb: "create", status: 405 },
      asked: ["alice: request create /configmaps/ shop settings: 1 0 0"],
    },
    {
      name: "a create of something named like its resource",
      event: {
        verb: "create",
        uri: "/api/v1/namespaces/shop/configmaps",
        object: { resource: "configmaps", namespace: "shop", name: "configmaps" },
        status: 201,
      },
      asked: ["alice: request create /configmaps/ shop : 1 0 0"],
    },
    {
      name: "a create on a subresource, named",
      event: { verb: "create", object: EXEC, uri: EXEC_URI, status: 101 },
      asked: ["alice: request create /pods/exec shop web: 1 0 0"],
    },
    {
      name: "exec by get: create too",
      event: { object: EXEC, uri: EXEC_URI, status: 101 },
      asked: ["alice: request get /pods/exec shop web: 1 0 0", "alice: upgrade create /pods/exec shop web: 1 0 0"],
    },
    {
      name: "exec by get that the second check refused",
      event: { object: EXEC, uri: EXEC_URI, status: 403 },
      asked: ["alice: request get /pods/exec shop web: 1 0 0"],
    },
    {
      name: "a patch that made the object: create too, by name",
      event: { verb: "patch", status: 201 },
      asked: [
        "alice: request patch /configmaps/ shop settings: 1 0 0",
        "alice: creation create /configmaps/ shop settings: 1 0 0",
      ],
    },
    {
      name: "a patch of what was there",
      event: { verb: "patch" },
      asked: ["alice: request patch /configmaps/ shop settings: 1 0 0"],
    },
    {
      name: "an update that made the object",
      event: { verb: "update", status: 201 },
      asked: [
        "alice: request update /configmaps/ shop settings: 1 0 0",
        "alice: creation create /configmaps/ shop settings: 1 0 0",
      ],
    },
    {
      name: "a list of one name, as the event says",
      event: { verb: "list", uri: "/api/v1/namespaces/shop/configmaps?fieldSelector=metadata.name%3Dsettings" },
      asked: ["alice: request list /configmaps/ shop settings: 1 0 0"],
    },
    {
      name: "a URL that is no resource, decoded and without query",
      event: { object: null, uri: "/a%20b?x=1" },
      asked: ["alice: request get /a b: 1 0 0"],
    },
    {
      name: "a URL that cannot be decoded",
      event: { object: null, uri: "/a%zz" },
      asked: ["alice: request get /a%zz: 1 0 0"],
    },
    {
      name: "a refusal",
      event: { status: 403, decision: "forbid" },
      asked: ["alice: request get /configmaps/ shop settings: 0 1 0"],
    },
    {
      name: "403 from an admission plugin: the authorizer allowed it",
      event: { status: 403 },
      asked: [`alice: ${GET}`],
    },
    { name: "no decision, 404", event: { status: 404, decision: null }, asked: [`alice: ${GET}`] },
    {
      name: "no decision, 403",
      event: { status: 403, decision: null },
      asked: ["alice: request get /configmaps/ shop settings: 0 1 0"],
    },
    {
      name: "no decision, too many requests",
      event: { status: 429, decision: null },
      asked: ["alice: request get /configmaps/ shop settings: 0 0 1"],
    },
    {
      name: "a request whose answer is not in the log",
      event: { stage: "RequestReceived", status: null, decision: null },
      asked: ["alice: request get /configmaps/ shop settings: 0 0 1"],
    },
    { name: "nobody (401)", event: { status: 401, decision: null, more: { user: {} } }, asked: [] },
    {
      name: "system:anonymous",
      event: { user: "system:anonymous", groups: ["system:unauthenticated"], status: 403, decision: "forbid" },
      asked: ["system:anonymous: request get /configmaps/ shop settings: 0 1 0"],
    },
    {
      name: "acting as a user of groups",
      event: imp("bob", { groups: ["dev", "system:authenticated"] }),
      asked: [
        `bob: ${GET}`,
        "alice: impersonation impersonate /users/  bob: 1 0 0",
        "alice: impersonation impersonate /groups/  dev: 1 0 0",
      ],
    },
    {
      name: "acting as a service account, whose groups the server gives",
      event: imp("system:serviceaccount:shop:sa", {
        groups: ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"],
      }),
      asked: [
        `system:serviceaccount:shop:sa: ${GET}`,
        "alice: impersonation impersonate /serviceaccounts/ shop sa: 1 0 0",
      ],
    },
    {
      name: "acting with a uid and extra values, in a constrained way",
      event: imp(
        "bob",
        { uid: "u1", groups: ["system:authenticated"], extra: { "example.com/scopes": ["a", "b"], __proto__x: ["c"] } },
        "impersonate:user-info",
      ),
      asked: [
        `bob: ${GET}`,
        "alice: impersonation impersonate:user-info authentication.k8s.io/users/  bob: 1 0 0",
        "alice: impersonation impersonate:user-info authentication.k8s.io/uids/  u1: 1 0 0",
        "alice: impersonation impersonate:user-info authentication.k8s.io/userextras/example.com/scopes  a: 1 0 0",
        "alice: impersonation impersonate:user-info authentication.k8s.io/userextras/example.com/scopes  b: 1 0 0",
        "alice: impersonation impersonate:user-info authentication.k8s.io/userextras/__proto__x  c: 1 0 0",
        "alice: impersonation impersonate-on:user-info:get /configmaps/ shop settings: 1 0 0",
      ],
    },
    {
      name: "acting as a node",
      event: imp("system:node:n1", { groups: ["system:nodes", "system:authenticated"] }, "impersonate:arbitrary-node"),
      asked: [
        `system:node:n1: ${GET}`,
        "alice: impersonation impersonate:arbitrary-node authentication.k8s.io/nodes/  n1: 1 0 0",
        "alice: impersonation impersonate-on:arbitrary-node:get /configmaps/ shop settings: 1 0 0",
      ],
    },
    {
      name: "an impersonation that was refused",
      event: {
        status: null,
        decision: null,
        more: {
          responseStatus: {
            code: 403,
            message: 'users "bob" is forbidden: User "alice" cannot impersonate resource "users" in API group ""',
            details: { kind: "users", name: "bob" },
          },
        },
      },
      asked: ["alice: impersonation impersonate /users/  bob: 0 1 0"],
    },
  ])("$name", ({ event, asked }) => {
    expect(words(fold([event]))).toEqual(asked);
  });
});

describe("createUsageFold", () => {
  it("counts the stages of one request once, in whatever order they come", () => {
    const result = fold([
      { id: "1", stage: "RequestReceived", status: null, decision: null, verb: "watch" },
      { id: "2", stage: "RequestReceived", status: null, decision: null },
      { id: "1", stage: "ResponseStarted", verb: "watch" },
      { id: "2" },
      { id: "1", verb: "watch" },
      { id: "3", stage: "Panic", status: 500 },
      { id: "4", stage: "RequestReceived", status: null, decision: null },
      { id: "2", stage: "RequestReceived", status: null, decision: null },
    ]);
    expect(words(result)).toEqual([
      "alice: request watch /configmaps/ shop settings: 1 0 0",
      "alice: request get /configmaps/ shop settings: 2 0 1",
    ]);
    expect(result.requests).toBe(4);
    expect(result.stages).toEqual([
      ["Panic", 1],
      ["RequestReceived", 4],
      ["ResponseComplete", 2],
      ["ResponseStarted", 1],
    ]);
  });

  it("forgets old requests without losing those whose answer never came", () => {
    const many = Array.from({ length: 70_000 }, (_, index) => ({ id: `n${index}`, user: "busy" }));
    const waiting = { id: "first", stage: "RequestReceived", status: null, decision: null };
    expect(words(fold([waiting, ...many]))).toEqual([
      "busy: request get /configmaps/ shop settings: 70000 0 0",
      "alice: request get /configmaps/ shop settings: 0 0 1",
    ]);
  });

  it("says from when to when, and when each request came last", () => {
    const result = fold([
      { at: "2026-11-24T08:00:00.5Z" },
      { at: "2026-11-20T08:00:00Z" },
      { at: "yesterday" },
      { at: "2026-11-22T08:00:00Z", user: "bob" },
    ]);
    expect(result.period).toEqual({
      firstAt: Date.parse("2026-11-20T08:00:00Z"),
      lastAt: Date.parse("2026-11-24T08:00:00.5Z"),
    });
    expect(result.users.map(({ requests }) => requests[0]?.lastAt)).toEqual([
      Date.parse("2026-11-24T08:00:00.5Z"),
      Date.parse("2026-11-22T08:00:00Z"),
    ]);
    expect(fold([{ at: "never" }]).period).toBeNull();
  });

  it("keeps names apart up to a number, then together; refused ones do not count for used ones", () => {
    const named = (count: number, parts: EventParts = {}) =>
      Array.from({ length: count }, (_, index) => ({
        ...parts,
        object: { resource: "pods", namespace: "shop", name: `p${index}` },
      }));
    expect(words(fold(named(50)))).toHaveLength(50);
    expect(words(fold(named(51)))).toEqual(["alice: request get /pods/ shop many: 51 0 0"]);
    const mixed = fold([...named(60, { status: 403, decision: "forbid" }), ...named(2)]);
    expect(words(mixed)).toEqual([
      "alice: request get /pods/ shop many: 0 60 0",
      "alice: request get /pods/ shop p0: 1 0 0",
      "alice: request get /pods/ shop p1: 1 0 0",
    ]);
  });

  it("keeps no more requests than it may, and counts what it drops", () => {
    const events = Array.from({ length: 10 }, (_, index) => ({ object: null, uri: `/path-${index}` }));
    const result = fold([...events, ...events], { maxRequests: 4 });
    expect(result.users[0]?.requests).toHaveLength(4);
    expect(result.dropped).toBe(12);
    expect(fold([{ user: "a" }, { user: "b" }], { maxRequests: 1 })).toMatchObject({
      users: [{ user: "a" }],
      dropped: 1,
    });
  });

  it.each<{ subject: Subject; users: readonly string[] }>([
    { subject: { kind: "User", name: "bob" }, users: ["bob"] },
    { subject: { kind: "ServiceAccount", namespace: "shop", name: "sa" }, users: ["system:serviceaccount:shop:sa"] },
    { subject: { kind: "Group", name: "dev" }, users: ["dev"] },
    { subject: { kind: "User", name: "nobody" }, users: [] },
  ])("looks at $subject.kind $subject.name alone", ({ subject, users }) => {
    const result = fold(
      [
        {},
        { user: "bob", groups: ["dev"] },
        { user: "carol", groups: ["dev", "ops"] },
        { user: "system:serviceaccount:shop:sa", groups: [] },
      ],
      { subject },
    );
    expect(result.users.map(({ user }) => user)).toEqual(users);
    expect(result.requests).toBe(4);
    if (subject.kind === "Group") expect(result.users[0]?.groups).toEqual(["dev", "ops"]);
  });

  it("takes names like __proto__ and texts with line breaks for what they are", () => {
    const result = fold([
      { user: "__proto__", object: { resource: "constructor", namespace: "shop", name: "__proto__" } },
      { user: "a", object: { apiGroup: "x\ny", resource: "z" } },
      { user: "a", object: { apiGroup: "x", resource: "y\nz" } },
    ]);
    expect(words(result)).toHaveLength(3);
    expect(result.users.map(({ user }) => user)).toEqual(["__proto__", "a"]);
  });
});
