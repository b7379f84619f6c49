import type { CoverageEntry } from "#lib/model/coverage.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { FakeCluster } from "#lib/testing/fake-cluster.ts";
import type { ScriptedAnswer, ScriptedApiServer } from "#lib/testing/scripted-api-server.ts";
import type { ClusterConnection } from "../connection/connection.ts";
import type { CollectLiveOptions } from "./collect-live.ts";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFakeCluster, fakeObjects } from "#lib/testing/fake-cluster.ts";
import { startScriptedApiServer, statusAnswer } from "#lib/testing/scripted-api-server.ts";
import { collectLive } from "./collect-live.ts";

const TOKEN = "canary-token-4711";
/** Short enough for tests, long enough for a busy machine. */
const QUICK = { headersTimeoutMs: 400, idleTimeoutMs: 400, requestTimeoutMs: 800, scanTimeoutMs: 20_000 };
const SERVICE_ACCOUNTS = "/api/v1/serviceaccounts";

let server: ScriptedApiServer;
let cluster: FakeCluster;
let sleeps: number[];
beforeAll(async () => {
  server = await startScriptedApiServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  sleeps = [];
  useCluster(createFakeCluster(["namespaces", "serviceaccounts", "pods"]));
});

function useCluster(next: FakeCluster): void {
  cluster = next;
  cluster.objects.set("namespaces", fakeObjects(2));
  server.use((request) => next.script(request));
}

const connection = (): ClusterConnection => ({
  server: server.server,
  tls: { ca: server.caPem, rejectUnauthorized: true },
  authorize: () => Promise.resolve({ headers: [["authorization", `Bearer ${TOKEN}`]] }),
});

/** Collects with a clock that does not wait and no chance. */
function collect(options: Partial<CollectLiveOptions> = {}): Promise<ClusterSnapshot> {
  const sleep = (ms: number, signal: AbortSignal): Promise<void> => {
    sleeps.push(ms);
    return signal.aborted ? Promise.reject(signal.reason) : Promise.resolve();
  };
  const clock = { now: () => Date.parse("2026-11-23T12:00:00Z"), random: () => 0.5, sleep };
  return collectLive(connection(), { clusterName: "test", clock, limits: QUICK, ...options });
}

function coverage(snapshot: ClusterSnapshot, resource: string): CoverageEntry {
  const entries = snapshot.coverage.filter((entry) => entry.resource === resource && entry.group === "");
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) throw new Error(`expected one entry for ${resource}`);
  return entry;
}

const names = (snapshot: ClusterSnapshot): readonly string[] =>
  snapshot.objects.serviceAccounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

/** Answers requests for service accounts from the n-th on (from 1); others stay as they are. */
function onList(answer: (count: number) => ScriptedAnswer | undefined, path = SERVICE_ACCOUNTS): void {
  let count = 0;
  server.use((request) => {
    if (request.path !== path) return undefined;
    count += 1;
    return answer(count);
  });
}

describe("paging", () => {
  it("gives every object once whatever happens to the list, or labels it (R1)", async () => {
    const change = fc.record({ at: fc.integer({ min: 1, max: 12 }), add: fc.boolean(), index: fc.nat(80) });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 25 }),
        fc.array(change, { maxLength: 6 }),
        fc.array(fc.integer({ min: 2, max: 14 }), { maxLength: 6 }),
        async (size, pageSize, changes, expiries) => {
          server.reset();
          useCluster(createFakeCluster(["namespaces", "serviceaccounts"]));
          cluster.objects.set("serviceaccounts", fakeObjects(size, "team"));
          const states = [currentNames()];
          onList((count) => {
            for (const { at, add, index } of changes) if (at === count) states.push(applyChange(add, index));
            if (expiries.includes(count)) cluster.expireTokens();
            return undefined;
          });
          const snapshot = await collect({ pageSize });
          const found = names(snapshot);
          expect(new Set(found).size).toBe(found.length);
          const { state, reason, objects } = coverage(snapshot, "serviceaccounts");
          expect(objects).toBe(found.length);
          const isOneState = states.some((known) => JSON.stringify(known) === JSON.stringify(found));
          const always = states.reduce((kept, next) => kept.filter((name) => next.includes(name)));
          const ever = new Set(states.flat());
          const isMixture = always.every((name) => found.includes(name)) && found.every((name) => ever.has(name));
          const label = [state, reason].join(" ").trim();
          expect({ label, isRight: label === "complete" ? isOneState : isMixture }).toEqual({
            label: expect.stringMatching(/^(complete|partial skew)$/),
            isRight: true,
          });
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  function currentNames(): readonly string[] {
    const objects = cluster.objects.get("serviceaccounts") ?? [];
    return objects.map(({ metadata }) => `team/${metadata.name}`).sort();
  }

  function applyChange(add: boolean, index: number): readonly string[] {
    const name = `object-${String(index).padStart(4, "0")}`;
    const rest = (cluster.objects.get("serviceaccounts") ?? []).filter(({ metadata }) => metadata.name !== name);
    cluster.objects.set("serviceaccounts", add ? [...rest, { metadata: { name, namespace: "team" } }] : rest);
    return currentNames();
  }

  it.each(Array.from({ length: 9 }, (_, index) => index + 2))(
    "restarts after one expired token at page %i and is complete (R2)",
    async (page) => {
      cluster.objects.set("serviceaccounts", fakeObjects(100, "team"));
      onList((count) => {
        if (count === page) cluster.expireTokens();
        return undefined;
      });
      const snapshot = await collect({ pageSize: 10 });
      expect(coverage(snapshot, "serviceaccounts").state).toBe("complete");
      expect(names(snapshot).length).toBe(100);
    },
  );

  it("goes on inconsistently after the third expired token and says so", async () => {
    cluster.objects.set("serviceaccounts", fakeObjects(100, "team"));
    onList((count) => {
      if (count % 4 === 0) cluster.expireTokens();
      return undefined;
    });
    const snapshot = await collect({ pageSize: 10 });
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({ state: "partial", reason: "skew", objects: 100 });
  });

  it("is partial when the server gives no token to go on with", async () => {
    server.reset();
    useCluster(createFakeCluster(["namespaces", "serviceaccounts"], { inconsistentTokens: false }));
    cluster.objects.set("serviceaccounts", fakeObjects(100, "team"));
    onList((count) => {
      if (count % 4 === 0) cluster.expireTokens();
      return undefined;
    });
    const snapshot = await collect({ pageSize: 10 });
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({ state: "partial", reason: "skew", detail: "410" });
  });
});

describe("retries", () => {
  it("waits as the server asks and is complete (R3)", async () => {
    cluster.objects.set("serviceaccounts", fakeObjects(200, "team"));
    let turn = 0;
    server.use(() => {
      turn += 1;
      if (turn % 3 !== 0) return undefined;
      return statusAnswer(turn % 2 === 0 ? 429 : 503, "Busy", { headers: { "retry-after": "3" } });
    });
    const snapshot = await collect({ pageSize: 10 });
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({ state: "complete", objects: 200 });
    expect(sleeps.length).toBeGreaterThan(5);
    for (const ms of sleeps) expect(ms).toBeGreaterThanOrEqual(3000);
  });

  it("gives up on a server that is busy for ever, after a bounded time", async () => {
    onList(() => statusAnswer(429, "TooManyRequests", { headers: { "retry-after": "999999" } }));
    const snapshot = await collect();
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({ state: "unavailable", reason: "rate-limited" });
    expect(Math.max(...sleeps)).toBeLessThanOrEqual(72_000);
  });

  const cuts = Array.from({ length: 8 }, (_, index) => index * 97 + 1);
  const encodings = ["length", "chunked", "gzip"] as const;
  it.each(encodings.flatMap((encoding) => cuts.map((atByte) => ({ encoding, atByte }))))(
    "never takes a list cut at byte $atByte ($encoding) as complete (R4)",
    async ({ encoding, atByte }) => {
      const items = fakeObjects(30, "team");
      cluster.objects.set("serviceaccounts", items);
      const cut = { kind: "ServiceAccountList", apiVersion: "v1", metadata: { resourceVersion: "9" }, items };
      onList((count) => (count <= 2 ? { cut, atByte, encoding } : undefined));
      expect(coverage(await collect(), "serviceaccounts")).toMatchObject({ state: "complete", objects: 30 });
      onList(() => ({ cut, atByte, encoding }));
      expect(coverage(await collect(), "serviceaccounts")).toMatchObject({
        state: "unavailable",
        reason: "connection",
      });
    },
  );
});

describe("refusals", () => {
  const answers = [
    { name: "403", answer: statusAnswer(403, "Forbidden"), state: "forbidden", reason: "forbidden" },
    { name: "404", answer: statusAnswer(404, "NotFound"), state: "unavailable", reason: "not-served" },
    { name: "500", answer: statusAnswer(500, "InternalError"), state: "unavailable", reason: "server-error" },
    { name: "503", answer: statusAnswer(503, "Unavailable"), state: "unavailable", reason: "server-error" },
    { name: "no answer", answer: { silent: true }, state: "unavailable", reason: "timeout" },
  ] as const satisfies readonly { name: string; answer: ScriptedAnswer; state: string; reason: string }[];

  it.each(answers)("$name makes the kind a gap and leaves the others alone (R5)", async ({ answer, state, reason }) => {
    cluster.objects.set("pods", fakeObjects(3, "team", { spec: { containers: [] } }));
    server.use(({ path }) => (path.endsWith("/serviceaccounts") ? answer : undefined));
    const snapshot = await collect();
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({ state, reason, objects: 0 });
    expect(coverage(snapshot, "pods")).toMatchObject({ state: "complete", objects: 3 });
  });

  it.each(answers)("$name after the first page makes the kind partial (R5)", async ({ answer, reason }) => {
    cluster.objects.set("serviceaccounts", fakeObjects(30, "team"));
    onList((count) => (count >= 2 ? answer : undefined));
    const snapshot = await collect({ pageSize: 10 });
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({ state: "partial", reason, objects: 10 });
  });

  it("never calls a kind complete that was not, under random faults (R5)", async () => {
    const fault = fc.constantFrom<ScriptedAnswer | undefined>(
      undefined,
      statusAnswer(403, "Forbidden"),
      statusAnswer(404, "NotFound"),
      statusAnswer(503, "Unavailable"),
      { text: "<html>", contentType: "text/html" },
      { redirect: "https://127.0.0.1:9/" },
    );
    const resources = ["serviceaccounts", "pods", "services", "resourcequotas"];
    await fc.assert(
      fc.asyncProperty(fc.tuple(fault, fault, fault, fault), fc.integer({ min: 1, max: 4 }), async (faults, from) => {
        server.reset();
        useCluster(createFakeCluster(["namespaces", ...resources]));
        for (const resource of resources) cluster.objects.set(resource, fakeObjects(25, "object-0000", { spec: {} }));
        for (const [index, answer] of faults.entries()) {
          const path = `/api/v1/${resources[index]}`;
          onList((count) => (count >= from ? answer : undefined), path);
        }
        const snapshot = await collect({ pageSize: 10 });
        for (const [index, answer] of faults.entries()) {
          const entries = snapshot.coverage.filter(
            (entry) => entry.resource === resources[index] && entry.group === "",
          );
          const isWhole = entries.every(({ state }) => state === "complete");
          const objects = entries.reduce((sum, entry) => sum + entry.objects, 0);
          // Three pages: a fault from the fourth on is never met. A refused list is read by namespace instead.
          const expected = answer === undefined || from > 3 || objects === 25;
          expect({
            isWhole,
            named: entries.every(({ state, reason }) => state === "complete" || reason !== undefined),
          }).toEqual({ isWhole: expected, named: true });
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it("reads namespace by namespace and records each", async () => {
    cluster.objects.set("namespaces", [{ metadata: { name: "open" } }, { metadata: { name: "closed" } }]);
    cluster.objects.set("serviceaccounts", [...fakeObjects(3, "open"), ...fakeObjects(3, "closed")]);
    server.use(({ path }) => {
      const isRefused = path === SERVICE_ACCOUNTS || path === "/api/v1/namespaces/closed/serviceaccounts";
      return isRefused ? statusAnswer(403, "Forbidden") : undefined;
    });
    const snapshot = await collect();
    const entries = snapshot.coverage.filter(({ resource }) => resource === "serviceaccounts");
    expect(entries.map(({ namespace, state, objects }) => ({ namespace, state, objects }))).toEqual([
      { namespace: "closed", state: "forbidden", objects: 0 },
      { namespace: "open", state: "complete", objects: 3 },
    ]);
    expect(names(snapshot)).toEqual(["open/object-0000", "open/object-0001", "open/object-0002"]);
  });

  it("stops asking after many refusals and leaves no namespace unmentioned", async () => {
    cluster.objects.set("namespaces", fakeObjects(60));
    server.use(({ path }) => (path.endsWith("/serviceaccounts") ? statusAnswer(403, "Forbidden") : undefined));
    const snapshot = await collect();
    expect(coverage(snapshot, "serviceaccounts").state).toBe("forbidden");
    expect(server.requests.filter(({ path }) => path.endsWith("/serviceaccounts")).length).toBeLessThan(30);
  });

  it("stops the whole scan at 401 and asks for the credential again once", async () => {
    cluster.objects.set("serviceaccounts", fakeObjects(30, "team"));
    onList((count) => (count >= 2 ? statusAnswer(401, "Unauthorized") : undefined));
    await expect(collect({ pageSize: 10 })).rejects.toMatchObject({ code: "cluster_unauthorized" });
    server.reset();
    useCluster(cluster);
    onList((count) => (count === 2 ? statusAnswer(401, "Unauthorized") : undefined));
    expect(coverage(await collect({ pageSize: 10 }), "serviceaccounts").state).toBe("complete");
  });

  it("refuses to call a scan without any readable kind a scan", async () => {
    server.use(({ path }) => (path.startsWith("/api/v1/") ? statusAnswer(403, "Forbidden") : undefined));
    await expect(collect()).rejects.toMatchObject({ code: "cluster_forbidden" });
  });
});

describe("hostile servers (R7)", () => {
  const deep = `{"kind":"ServiceAccountList","metadata":{},"items":[${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}]}`;
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
  const list = (items: unknown, metadata: object = {}): ScriptedAnswer => ({
    json: { kind: "ServiceAccountList", apiVersion: "v1", metadata, items },
  });
  const endlessTokens = (): ((count: number) => ScriptedAnswer) => (count) =>
    list(fakeObjects(1, "team"), { resourceVersion: "1", continue: `token-${count}` });

  it.each<{ name: string; answer: (count: number) => ScriptedAnswer; reason: string; state?: string; limits?: object }>(
    [
      {
        name: "an endless body",
        answer: () => ({ endless: true }),
        reason: "byte-limit",
        limits: { requestTimeoutMs: 10_000 },
      },
      { name: "one byte now and then", answer: () => ({ dripMs: 50 }), reason: "timeout" },
      { name: "no answer", answer: () => ({ silent: true }), reason: "timeout" },
      { name: "a redirect", answer: () => ({ redirect: "https://127.0.0.1:9/" }), reason: "redirect" },
      { name: "HTML", answer: () => ({ text: "<html></html>", contentType: "text/html" }), reason: "bad-response" },
      {
        name: "a wrong content type",
        answer: () => ({ text: "{}", contentType: "application/yaml" }),
        reason: "bad-response",
      },
      { name: "deep JSON", answer: () => ({ text: deep, contentType: "application/json" }), reason: "bad-response" },
      {
        name: "a gzip bomb",
        answer: () => ({ raw: bomb, headers: { "content-type": "application/json", "content-encoding": "gzip" } }),
        reason: "byte-limit",
        limits: { requestTimeoutMs: 10_000 },
      },
      {
        name: "an unknown encoding",
        answer: () => ({ raw: bomb, headers: { "content-type": "application/json", "content-encoding": "br" } }),
        reason: "bad-response",
      },
      { name: "an object that is no list", answer: () => ({ json: { kind: "Status" } }), reason: "bad-response" },
      { name: "a list whose items are no list", answer: () => list({ a: 1 }), reason: "bad-response" },
      {
        name: "a list without items",
        answer: () => ({ json: { kind: "ServiceAccountList", metadata: {} } }),
        reason: "bad-response",
      },
      { name: "an array", answer: () => ({ json: [1, 2] }), reason: "bad-response" },
      {
        name: "the same token for ever",
        answer: () => list(fakeObjects(1, "team"), { continue: "again" }),
        reason: "endless-list",
        state: "partial",
      },
      {
        name: "empty pages for ever",
        answer: (count) => list([], { continue: `token-${count}` }),
        reason: "endless-list",
        state: "partial",
      },
      {
        name: "pages for ever",
        answer: endlessTokens(),
        reason: "page-limit",
        state: "partial",
        limits: { pagesPerKind: 50 },
      },
      {
        name: "bytes for ever",
        answer: endlessTokens(),
        reason: "byte-limit",
        state: "partial",
        limits: { scanBytes: 20_000 },
      },
      {
        name: "objects for ever",
        answer: endlessTokens(),
        reason: "object-limit",
        state: "partial",
        limits: { scanObjects: 40 },
      },
    ],
  )("$name costs a bounded time and is a gap; the other kinds are read", async ({ answer, reason, state, limits }) => {
    cluster.objects.set("pods", fakeObjects(3, "team", { spec: { containers: [] } }));
    onList(answer);
    const startedAt = performance.now();
    const snapshot = await collect({ limits: { ...QUICK, ...limits } });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({ state: state ?? "unavailable", reason });
    expect(coverage(snapshot, "pods")).toMatchObject({ state: "complete", objects: 3 });
  });

  it("asks for smaller pages when many objects are large, and is complete", async () => {
    const note = "x".repeat(40_000);
    cluster.objects.set("serviceaccounts", fakeObjects(60, "team", { note }));
    const snapshot = await collect({ limits: { ...QUICK, pageBytes: 500_000 }, pageSize: 50 });
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({ state: "complete", objects: 60 });
  });

  it("leaves out an object above the limit and says how many", async () => {
    const huge = { metadata: { name: "huge", namespace: "team", annotations: { note: "x".repeat(3 * 1024 * 1024) } } };
    cluster.objects.set("serviceaccounts", [...fakeObjects(3, "team"), huge]);
    const snapshot = await collect();
    expect(coverage(snapshot, "serviceaccounts")).toMatchObject({
      state: "partial",
      reason: "object-too-large",
      detail: "1 left out",
      objects: 3,
    });
  });

  it("leaves out objects that no API server could hold and says how many", async () => {
    onList(() =>
      list([...fakeObjects(2, "team"), 7, null, { metadata: {} }, { metadata: { name: 5 } }], { resourceVersion: "1" }),
    );
    expect(coverage(await collect(), "serviceaccounts")).toMatchObject({
      state: "partial",
      reason: "invalid-objects",
      detail: "4 left out",
      objects: 2,
    });
  });

  it("keeps names that are properties of every object apart", async () => {
    const odd = ["__proto__", "constructor", "toString", "hasOwnProperty", "__defineGetter__"];
    cluster.objects.set(
      "namespaces",
      odd.map((name) => ({ metadata: { name } })),
    );
    const labels: unknown = JSON.parse('{"__proto__":"a","constructor":"b"}');
    cluster.objects.set(
      "serviceaccounts",
      odd.map((name) => ({ metadata: { name, namespace: name, labels } })),
    );
    const { objects } = await collect();
    expect(objects.namespaces.map(({ metadata }) => metadata.name)).toEqual([...odd].sort());
    expect(objects.serviceAccounts.map(({ metadata }) => metadata.namespace)).toEqual([...odd].sort());
    expect(objects.serviceAccounts[0]?.metadata.labels).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    expect(Object.prototype).not.toHaveProperty("a");
  });

  it.each([
    { name: "HTML", answer: { text: "<html>", contentType: "text/html" }, code: "cluster_bad_response" },
    { name: "a redirect", answer: { redirect: "https://127.0.0.1:9/" }, code: "cluster_bad_response" },
    { name: "no answer", answer: { silent: true }, code: "cluster_timeout" },
    { name: "401", answer: statusAnswer(401, "Unauthorized"), code: "cluster_unauthorized" },
  ] as const)(
    "fails with a class of error, not with the server's text, when /version gives $name",
    async ({ answer, code }) => {
      server.use(() => answer);
      const error: unknown = await collect().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code });
      expect(JSON.stringify(error) + String(error)).not.toContain(TOKEN);
    },
  );

  it("says that a server which is not there cannot be reached", async () => {
    const gone = { ...connection(), server: "https://127.0.0.1:1" };
    const clock = { now: () => 0, random: () => 0, sleep: () => Promise.resolve() };
    await expect(collectLive(gone, { clusterName: "x", clock })).rejects.toMatchObject({ code: "cluster_unreachable" });
  });
});

describe("manners (R12)", () => {
  it("only reads, never without a limit, four at a time, under its own name", async () => {
    const resources = ["namespaces", "serviceaccounts", "pods", "services", "nodes", "resourcequotas", "limitranges"];
    server.reset();
    useCluster(createFakeCluster(resources));
    for (const resource of resources) cluster.objects.set(resource, fakeObjects(40, "team", { spec: {} }));
    await collect({ pageSize: 10 });
    expect(server.mostInFlight).toBeLessThanOrEqual(4);
    for (const { method, path, query, headers } of server.requests) {
      expect(method).toBe("GET");
      expect(headers["user-agent"]).toMatch(/^kordon\/\d/);
      expect(query.get("limit")).toBe(path.startsWith("/api/v1/") ? "10" : null);
      expect(query.has("resourceVersion")).toBe(false);
    }
  });

  it("stops when it is cancelled", async () => {
    cluster.objects.set("serviceaccounts", fakeObjects(100, "team"));
    const abort = new AbortController();
    onList((count) => {
      if (count === 3) abort.abort();
      return undefined;
    });
    await expect(collect({ pageSize: 1, signal: abort.signal })).rejects.toMatchObject({ code: "cancelled" });
  });

  it("reports what it does", async () => {
    cluster.objects.set("serviceaccounts", fakeObjects(5, "team"));
    const seen: string[] = [];
    await collect({ onProgress: ({ phase, objects }) => seen.push(`${phase} ${objects}`) });
    expect(seen[0]).toBe("connect 0");
    expect(seen.at(-1)).toBe("done 7");
  });

  it("ends the scan in time and says which kinds were not read", async () => {
    cluster.objects.set("serviceaccounts", fakeObjects(5, "team"));
    onList(() => ({ silent: true }));
    const limits = { headersTimeoutMs: 60_000, idleTimeoutMs: 60_000, requestTimeoutMs: 60_000, scanTimeoutMs: 700 };
    expect(coverage(await collect({ limits }), "serviceaccounts")).toMatchObject({
      state: "unavailable",
      reason: "deadline",
    });
  });
});
