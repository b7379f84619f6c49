import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccessReview } from "#lib/model/access.ts";
import type { ScriptedAnswer, ScriptedApiServer, SeenRequest } from "#lib/testing/scripted-api-server.ts";
import { startScriptedApiServer, statusAnswer } from "#lib/testing/scripted-api-server.ts";
import type { ClusterConnection } from "../connection/connection.ts";
import { isRecord } from "../project/values.ts";
import { checkAccess } from "./check-access.ts";

const PATH = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
let server: ScriptedApiServer;
beforeAll(async () => {
  server = await startScriptedApiServer();
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const connection = (): ClusterConnection => ({
  server: server.server,
  tls: { ca: server.caPem, rejectUnauthorized: true },
  authorize: () => Promise.resolve({ headers: [["authorization", "Bearer canary"]] }),
});
const review = (verb: string): AccessReview => ({
  who: { user: "alice", groups: ["system:authenticated"] },
  request: { verb, apiGroup: "", resource: "secrets", subresource: "", namespace: "shop", name: "" },
});
const says = (status: unknown): ScriptedAnswer => ({ json: { kind: "SubjectAccessReview", status }, status: 201 });
const yes = says({ allowed: true });

/** Answers reviews by their verb; the first question of every check is `get`, which is allowed. */
function answers(byVerb: Readonly<Record<string, ScriptedAnswer>>): void {
  server.use((request) => {
    if (request.path !== PATH) return undefined;
    const verb = verbOf(request);
    return Object.hasOwn(byVerb, verb) ? byVerb[verb] : yes;
  });
}
function verbOf({ body }: SeenRequest): string {
  const spec = isRecord(body) && isRecord(body.spec) ? body.spec : {};
  const { resourceAttributes } = spec;
  return isRecord(resourceAttributes) ? String(resourceAttributes.verb) : "";
}
const unknown = (reason: string) => ({ answer: "unknown", reason });
const busy = (headers: Readonly<Record<string, string>>) => statusAnswer(429, "TooManyRequests", { headers });

describe("checkAccess", () => {
  it("sends each question as it is, groups without a user where there is none, and keeps their order", async () => {
    answers({ list: says({ allowed: false }) });
    const url: AccessReview = { who: { user: "", groups: ["devs"] }, request: { verb: "get", path: "/logs/" } };
    const check = await checkAccess(connection(), [review("get"), review("list"), url]);
    expect(check).toEqual({
      type: "answered",
      outcomes: [{ answer: "allowed" }, { answer: "denied" }, { answer: "allowed" }],
    });
    const sent = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview" };
    expect(server.requests.map(({ method, path }) => [method, path])).toEqual([0, 1, 2].map(() => ["POST", PATH]));
    const bodies = server.requests.map(({ body }) => body);
    expect(bodies[0]).toEqual({
      ...sent,
      spec: {
        user: "alice",
        groups: ["system:authenticated"],
        resourceAttributes: {
          verb: "get",
          group: "",
          resource: "secrets",
          subresource: "",
          namespace: "shop",
          name: "",
        },
      },
    });
    expect(bodies).toContainEqual({
      ...sent,
      spec: { groups: ["devs"], nonResourceAttributes: { verb: "get", path: "/logs/" } },
    });
  });

  it.each([
    {
      name: "yes beside an error of another authorizer",
      answer: says({ allowed: true, evaluationError: "x" }),
      is: { answer: "allowed" },
    },
    {
      name: "no beside an error",
      answer: says({ allowed: false, evaluationError: "webhook secret-canary down" }),
      is: unknown("an authorizer of the API server could not decide"),
    },
    {
      name: "yes as text",
      answer: says({ allowed: "true" }),
      is: unknown("the API server's answer was not understood"),
    },
    { name: "no status", answer: says(undefined), is: unknown("the API server's answer was not understood") },
    { name: "a status of another shape", answer: says([]), is: unknown("the API server's answer was not understood") },
    {
      name: "a refusal",
      answer: statusAnswer(403, "Forbidden"),
      is: unknown("the API server refused this question (403)"),
    },
    {
      name: "a lost credential",
      answer: statusAnswer(401, "Unauthorized"),
      is: unknown("the API server no longer takes the credential (401)"),
    },
    { name: "an error", answer: statusAnswer(500, "InternalError"), is: unknown("the API server failed (500)") },
    {
      name: "a server that stays busy",
      answer: busy({ "retry-after": "0" }),
      is: unknown("the API server is too busy (429)"),
    },
    {
      name: "a cut connection",
      answer: { cut: { status: { allowed: true } }, atByte: 10, encoding: "length" },
      is: unknown("the connection was cut"),
    },
    {
      name: "a redirect",
      answer: { redirect: "https://elsewhere.example/" },
      is: unknown("the API server's answer was not understood"),
    },
  ] as const)(
    "$name costs its own question only",
    async ({ answer, is }) => {
      answers({ list: answer });
      const { type, ...rest } = await checkAccess(connection(), [review("get"), review("list"), review("watch")]);
      expect(type).toBe("answered");
      expect(rest).toEqual({ outcomes: [{ answer: "allowed" }, is, { answer: "allowed" }] });
    },
    20_000,
  );

  it("waits as long as a busy server asks", async () => {
    let refused = 0;
    answers({});
    server.use((request) => (verbOf(request) === "list" && refused++ < 2 ? busy({ "retry-after": "1" }) : undefined));
    const startedAt = performance.now();
    const check = await checkAccess(connection(), [review("get"), review("list")]);
    expect(check).toMatchObject({ outcomes: [{ answer: "allowed" }, { answer: "allowed" }] });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(2_000);
  });

  it("asks at most four at a time and says how far it is", async () => {
    answers({});
    const seen: number[] = [];
    const reviews = Array.from({ length: 40 }, (_, index) => review(`verb-${index}`));
    await checkAccess(connection(), reviews, { onProgress: (done) => seen.push(done) });
    expect(server.mostInFlight).toBeLessThanOrEqual(4);
    expect(server.requests).toHaveLength(40);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it("says who may not ask, after one question", async () => {
    answers({ get: statusAnswer(403, "Forbidden") });
    server.use(({ path }) =>
      path.endsWith("/selfsubjectreviews")
        ? { json: { status: { userInfo: { username: "reader", groups: [] } } }, status: 201 }
        : undefined,
    );
    const check = await checkAccess(connection(), [review("get"), review("list")]);
    expect(check).toEqual({ type: "refused", identity: { username: "reader", groups: [] } });
    expect(server.requests.filter(({ path }) => path === PATH)).toHaveLength(1);
  });

  it.each([
    { name: "the credential is not accepted", answer: statusAnswer(401, "Unauthorized"), code: "cluster_unauthorized" },
    { name: "the server fails", answer: statusAnswer(500, "InternalError"), code: "cluster_bad_response" },
  ])("ends where $name at the first question", async ({ answer, code }) => {
    answers({ get: answer });
    await expect(checkAccess(connection(), [review("get"), review("list")])).rejects.toMatchObject({ code });
    expect(server.requests.map(verbOf)).not.toContain("list");
  });

  it("ends at once when it is cancelled", async () => {
    const stop = new AbortController();
    answers({});
    server.use((request) => {
      if (verbOf(request) !== "list") return undefined;
      stop.abort();
      return { silent: true };
    });
    const check = checkAccess(connection(), [review("get"), review("list")], { signal: stop.signal });
    await expect(check).rejects.toMatchObject({ code: "cancelled" });
  });

  it("asks nothing where there is nothing to ask", async () => {
    expect(await checkAccess(connection(), [])).toEqual({ type: "answered", outcomes: [] });
    expect(server.requests).toEqual([]);
  });
});
