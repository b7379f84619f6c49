import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TOPICS } from "#lib/model/topics.ts";
import { createFakeCluster } from "#lib/testing/fake-cluster.ts";
import type { ScriptedAnswer, ScriptedApiServer } from "#lib/testing/scripted-api-server.ts";
import { startScriptedApiServer, statusAnswer } from "#lib/testing/scripted-api-server.ts";
import type { ClusterConnection } from "../connection/connection.ts";
import { preflight } from "./preflight.ts";
import { probeCluster } from "./probe-cluster.ts";

const REVIEWS = "/apis/authorization.k8s.io/v1/";
let server: ScriptedApiServer;
beforeAll(async () => {
  server = await startScriptedApiServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  const cluster = createFakeCluster(["namespaces", "serviceaccounts", "pods"]);
  server.use((request) => cluster.script(request));
});
const connection = (): ClusterConnection => ({
  server: server.server,
  tls: { ca: server.caPem, rejectUnauthorized: true },
  authorize: () => Promise.resolve({ headers: [] }),
});

/** Answers every access review alike, and the rules review with these rules. */
function reviews(access: ScriptedAnswer, resourceRules: unknown = []): void {
  server.use(({ path }) => (path === `${REVIEWS}selfsubjectaccessreviews` ? access : undefined));
  server.use(({ path }) =>
    path === `${REVIEWS}selfsubjectrulesreviews` ? { json: { status: { resourceRules } }, status: 201 } : undefined,
  );
}
const allowed = (value: unknown): ScriptedAnswer => ({ json: { status: { allowed: value } }, status: 201 });

describe("preflight", () => {
  it("calls a topic full when every served kind may be listed, and names rights too many", async () => {
    reviews(allowed(true));
    const { topics, excess } = await preflight(connection());
    const access = topics.find(({ topic }) => topic === "access");
    expect(access).toEqual({ topic: "access", state: "full", missing: [] });
    expect(new Set(excess.map(({ kind }) => kind))).toEqual(
      new Set(["everything", "secrets", "write", "execute", "identity"]),
    );
    expect(excess.every(({ scope }) => scope === "cluster")).toBe(true);
  });

  it.each([
    { name: "a refusal", answer: allowed(false), isKnown: true },
    { name: "an answer that says nothing", answer: { json: { status: {} }, status: 201 }, isKnown: true },
    { name: "yes as text", answer: allowed("true"), isKnown: true },
    { name: "no right to ask", answer: statusAnswer(403, "Forbidden"), isKnown: false },
  ] as const)("counts $name as missing, never as allowed", async ({ answer, isKnown }) => {
    reviews(answer);
    const { topics, excess } = await preflight(connection());
    expect(topics.map(({ topic, state }) => ({ topic, state }))).toEqual(
      TOPICS.map((topic) => ({ topic, state: "blind" })),
    );
    expect(topics[0]?.missing.map(({ resource, isKnown: known }) => [resource, known])).toEqual([
      ["namespaces", isKnown],
      ["serviceaccounts", isKnown],
      ["pods", isKnown],
    ]);
    expect(excess).toEqual([]);
  });

  it.each([
    { rule: { verbs: ["get", "list", "watch"], apiGroups: [""], resources: ["pods"] }, kinds: [] },
    {
      rule: { verbs: ["create"], apiGroups: ["authorization.k8s.io"], resources: ["selfsubjectaccessreviews"] },
      kinds: [],
    },
    { rule: { verbs: ["list"], apiGroups: [""], resources: ["secrets"] }, kinds: ["secrets"] },
    { rule: { verbs: ["get"], apiGroups: ["*"], resources: ["*"] }, kinds: ["secrets"] },
    { rule: { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] }, kinds: ["write"] },
    { rule: { verbs: ["*"], apiGroups: ["*"], resources: ["*"] }, kinds: ["everything"] },
    { rule: { verbs: ["get"], apiGroups: [""], resources: ["nodes/proxy"] }, kinds: ["execute"] },
  ])("finds $kinds in $rule", async ({ rule, kinds }) => {
    reviews(allowed(false), [rule]);
    expect((await preflight(connection())).excess.map(({ kind }) => kind)).toEqual(kinds);
  });

  it("fails with a class of error when the server answers nonsense", async () => {
    reviews(allowed(false), "nonsense");
    await expect(preflight(connection())).rejects.toMatchObject({ code: "cluster_bad_response" });
  });
});

describe("probeCluster", () => {
  it("tells who the credential is, by the older review where the newer is not served", async () => {
    const userInfo = { username: "jane", groups: ["team"] };
    server.use(({ path }) =>
      path === "/apis/authentication.k8s.io/v1beta1/selfsubjectreviews"
        ? { json: { status: { userInfo } }, status: 201 }
        : undefined,
    );
    expect((await probeCluster(connection())).identity).toEqual(userInfo);
  });

  it("is not satisfied by a server that is no API server", async () => {
    server.use(({ path }) => (path === "/version" ? { json: { hello: "world" } } : undefined));
    await expect(probeCluster(connection())).rejects.toMatchObject({ code: "cluster_bad_response" });
  });

  it("can be cancelled", async () => {
    server.use(() => ({ silent: true }));
    await expect(probeCluster(connection(), { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: "cancelled",
    });
  });
});
