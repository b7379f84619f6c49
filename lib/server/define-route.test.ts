import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { aServer, type TestServer } from "#lib/testing/build-server.ts";
import { AppError } from "../model/app-error.ts";
import { currentActor, hasRole, ROLES } from "./actor.ts";
import type { ServerContext } from "./context.ts";
import { defineRoute } from "./define-route.ts";

const holder = globalThis as typeof globalThis & { kordonServer?: Promise<ServerContext> }; // as context.ts declares it
const MIB = 1024 * 1024;
const JSON_TYPE = { "content-type": "application/json" };

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
  holder.kordonServer = Promise.resolve(server.context);
});
afterAll(async () => {
  delete holder.kordonServer;
  await server.dispose();
});

type Handler = ReturnType<typeof defineRoute>;

const request = (init: RequestInit = {}, search = "") => new Request(`http://127.0.0.1:3000/api/v1/x${search}`, init);

async function call(handler: Handler, asked: Request = request(), params: unknown = {}) {
  const response = await handler(asked, { params: Promise.resolve(params) });
  const text = await response.text();
  return { response, status: response.status, text, body: text === "" ? null : (JSON.parse(text) as unknown) };
}

const answered = (text: unknown) => ({ status: 200, body: { text } });
const refused = (status: number, code: string) => ({ status, body: { error: { code } } });
const textSchema = z.object({ text: z.string() });
const hello = defineRoute({ access: "viewer", response: textSchema, handle: async () => ({ text: "hello" }) });

describe("access", () => {
  // The actor is one object of the process; nothing but its role is changed, and it is put back.
  const local = { ...currentActor() };
  afterEach(() => void Object.assign(currentActor(), local));

  it("is refused below the role, as if there were nothing, before anything else is looked at", async () => {
    let handled = false;
    const route = defineRoute({
      access: "operator",
      body: textSchema,
      response: null,
      handle: async () => {
        handled = true;
      },
    });
    Object.assign(currentActor(), { role: "viewer" });
    expect(await call(route, request({ method: "POST", body: "{" }))).toMatchObject(refused(404, "not_found"));
    expect(handled).toBe(false);
    expect(await call(hello)).toMatchObject(answered("hello"));
  });

  it("holds the roles before it", () => {
    const held = ROLES.map((role) => ROLES.filter((wanted) => hasRole({ id: "a", role }, wanted)));
    expect(held).toEqual([["viewer"], ["viewer", "operator"], ["viewer", "operator", "admin"]]);
  });
});

describe("origin", () => {
  const host = { host: "127.0.0.1:3000" };
  it.each<{ name: string; headers: Record<string, string>; status: number }>([
    { name: "another site", headers: { "sec-fetch-site": "cross-site" }, status: 403 },
    { name: "another port of this machine", headers: { "sec-fetch-site": "same-site" }, status: 403 },
    { name: "a foreign Origin alone", headers: { origin: "http://evil.example" }, status: 403 },
    { name: "an Origin of another port", headers: { origin: "http://127.0.0.1:3001" }, status: 403 },
    { name: "an opaque Origin", headers: { origin: "null" }, status: 403 },
    { name: "this site", headers: { "sec-fetch-site": "same-origin", origin: "http://127.0.0.1:3000" }, status: 200 },
    { name: "a program without such headers", headers: {}, status: 200 },
  ])("of a change: $name gives $status", async ({ headers, status }) => {
    const { status: got } = await call(hello, request({ method: "POST", headers: { ...host, ...headers } }));
    expect(got).toBe(status);
  });

  it("of a read does not matter", async () => {
    const headers = { ...host, "sec-fetch-site": "cross-site", origin: "http://evil.example" };
    expect(await call(hello, request({ headers }))).toMatchObject(answered("hello"));
  });
});

describe("input", () => {
  const echo = defineRoute({
    access: "viewer",
    params: z.object({ id: z.string().regex(/^[a-z/]+$/) }),
    query: z.object({ page: z.coerce.number().int().min(1).default(1) }),
    body: textSchema,
    response: textSchema,
    handle: async ({ params, query, body }) => ({ text: `${params.id} ${query.page} ${body.text}` }),
  });
  const post = (body: string, headers: Record<string, string> = JSON_TYPE, search = "") =>
    request({ method: "POST", body, headers }, search);
  const given = JSON.stringify({ text: "hi" });
  const params = { id: "a%2Fb" };

  it("is parsed, percent-encoded parameters decoded", async () => {
    expect(await call(echo, post(given, JSON_TYPE, "?page=2"), params)).toMatchObject(answered("a/b 2 hi"));
  });

  it.each(["A", "..%2e", "%", ""])("parameter %j that fits no pattern is not found", async (id) => {
    expect(await call(echo, post(given), { id })).toMatchObject(refused(404, "not_found"));
  });

  it("names the field of the query that does not fit", async () => {
    expect(await call(echo, post(given, JSON_TYPE, "?page=zero"), params)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", position: { field: "page" } } },
    });
  });

  it("names the field of the body that does not fit", async () => {
    expect(await call(echo, post('{"text":1}'), params)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", position: { field: "text" } } },
    });
  });

  it.each([
    { name: "form data", type: "application/x-www-form-urlencoded" },
    { name: "plain text, which any site may send", type: "text/plain" },
  ])("of type $name is refused", async ({ type }) => {
    expect(await call(echo, post(given, { "content-type": type }), params)).toMatchObject(
      refused(400, "invalid_input"),
    );
  });

  it("that is not JSON is refused without quoting it", async () => {
    const answer = await call(echo, post('{"text": secret-canary'), params);
    expect(answer).toMatchObject(refused(400, "invalid_input"));
    expect(answer.text).not.toContain("canary");
  });

  it("of 1 MiB is read, one byte more is refused", async () => {
    expect(await call(echo, post(given.padEnd(MIB)), params)).toMatchObject(answered("a/b 1 hi"));
    expect(await call(echo, post(given.padEnd(MIB + 1)), params)).toMatchObject(refused(413, "too_large"));
  });

  it("may be larger where the route says so, and no larger than that", async () => {
    const large = defineRoute({
      access: "viewer",
      body: z.object({ text: z.string() }),
      maxBodyBytes: 2 * MIB,
      response: textSchema,
      handle: async ({ body }) => body,
    });
    expect(await call(large, post(given.padEnd(2 * MIB)))).toMatchObject(answered("hi"));
    const { status, body } = await call(large, post(given.padEnd(2 * MIB + 1)));
    expect([status, body]).toMatchObject([413, { error: { message: "The body is larger than 2 MiB" } }]);
  });
});

describe("failures", () => {
  const failing = (error: unknown) =>
    defineRoute({
      access: "viewer",
      response: textSchema,
      handle: async () => {
        throw error;
      },
    });

  it("that are expected keep code, message, hint and position", async () => {
    const position = { line: 3, field: "users[0]" };
    const error = new AppError("conflict", "It runs already", { hint: "Wait.", position, cause: "secret-canary" });
    const { status, body } = await call(failing(error), request({ headers: { "x-request-id": "r-1" } }));
    expect(status).toBe(409);
    expect(body).toEqual({
      error: { code: "conflict", message: "It runs already", hint: "Wait.", position, requestId: "r-1" },
    });
  });

  it("that are not are logged under the request id and shown without any text of theirs", async () => {
    const { response, text, body } = await call(failing(new Error("secret-canary at /srv/db")));
    const requestId = response.headers.get("x-request-id") ?? "";
    expect(response.status).toBe(500);
    expect(body).toMatchObject({ error: { code: "internal", requestId } });
    expect(text).not.toContain("canary");
    const line = server.logged.find((entry) => entry.includes(requestId));
    expect(line).toContain("secret-canary");
    expect(line).toContain("/api/v1/x");
  });
});

describe("answers", () => {
  it.each([
    { name: "good", route: hello, status: 200 },
    {
      name: "created",
      route: defineRoute({
        access: "viewer",
        response: textSchema,
        status: 201,
        handle: async () => ({ text: "made" }),
      }),
      status: 201,
    },
    {
      name: "empty",
      route: defineRoute({ access: "viewer", response: null, handle: async () => undefined }),
      status: 204,
    },
    {
      name: "refused",
      route: defineRoute({
        access: "viewer",
        response: null,
        handle: async () => {
          throw new AppError("not_found", "No");
        },
      }),
      status: 404,
    },
  ])("that are $name have status $status and are never stored", async ({ route, status }) => {
    const { response, body } = await call(route);
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    if (status === 204) expect(body).toBeNull();
  });

  it("carry no field that the shape does not have", async () => {
    const extra = { text: "hello", token: "secret-canary" };
    const route = defineRoute({ access: "viewer", response: textSchema, handle: async () => extra });
    expect((await call(route)).body).toEqual({ text: "hello" });
  });

  it("of another shape are an error of Kordon", async () => {
    const wrong = JSON.parse('{"text": 1}') as { text: string }; // the lie is the test
    const route = defineRoute({ access: "viewer", response: textSchema, handle: async () => wrong });
    expect(await call(route)).toMatchObject(refused(500, "internal"));
  });
});
