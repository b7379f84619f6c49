import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clusterDetailSchema, fleetSchema } from "#lib/contracts/clusters.ts";
import { hashOfCa, openCredential } from "#lib/credentials/seal.ts";
import { loadWorkerKeys } from "#lib/credentials/worker-key.ts";
import { EVERYTHING } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, anAccount, aRule, aServiceAccount } from "#lib/testing/build-rbac.ts";
import { aServer, saveScanOf, type TestServer } from "#lib/testing/build-server.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { WORKER_DOCUMENT } from "../../worker/documents.ts";
import { currentActor } from "../actor.ts";
import { addCluster, checkKubeconfig, getCluster, getFleet, getMeta } from "./clusters.ts";

let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});
afterEach(() => server.dispose());

const actor = currentActor();
const GOOD = aSnapshot();
const CRITICAL = aSnapshot({
  serviceAccounts: [aServiceAccount("shop", "ci")],
  clusterRoles: [aClusterRole("all", [aRule(EVERYTHING)])],
  clusterRoleBindings: [aBinding({ name: "ci", role: "all", subjects: [anAccount("shop", "ci")] })],
});
const UNREAD = aSnapshot({ gaps: [{ resource: "clusterroles", state: "forbidden", reason: "forbidden" }] });
const FAILURE = { code: "cluster_timeout", message: "The server took too long" };

type Scan = typeof GOOD | "failed";

async function aCluster(name: string, ...scans: readonly Scan[]): Promise<string> {
  const { store } = server.context;
  const { id } = await store.createCluster({ name, source: { type: "in-cluster" }, createdAt: 1 });
  for (const scan of scans) {
    if (scan === "failed")
      await store.saveFailedScan({ clusterId: id, state: "failed", startedAt: 1, finishedAt: 2, error: FAILURE });
    else await saveScanOf(store, id, scan);
  }
  return id;
}

describe("getFleet", () => {
  const fleet = async () => fleetSchema.parse(await getFleet(actor, server.context));

  it("says what to do where there is no cluster", async () => {
    expect(await fleet()).toEqual({
      sentence: "No cluster yet",
      context: expect.stringContaining("kubeconfig"),
      clusters: [],
    });
  });

  it.each<{
    name: string;
    scans: readonly Scan[];
    sentence: string;
    context: string;
    cluster: { state: string; worst: string; because: unknown };
  }>([
    {
      name: "unscanned",
      scans: [],
      sentence: "1 cluster, none scanned yet",
      context: "Worst first",
      cluster: { state: "never", worst: "unknown", because: "Not scanned yet" },
    },
    {
      name: "failed",
      scans: ["failed"],
      sentence: "1 cluster, none scanned yet",
      context: "prod could not be read yet.",
      cluster: { state: "failed", worst: "unknown", because: FAILURE.message },
    },
    {
      name: "failing",
      scans: [CRITICAL, "failed"],
      sentence: "1 of 1 cluster can be taken over from inside",
      context: "The last scan of prod failed; the last good one is shown.",
      cluster: { state: "failing", worst: "critical", because: expect.stringContaining("ci") },
    },
    {
      name: "recovered",
      scans: ["failed", GOOD],
      sentence: "No high risk in 1 cluster",
      context: "Worst first",
      cluster: { state: "current", worst: "pass", because: expect.any(String) },
    },
    {
      name: "read in part",
      scans: [UNREAD],
      sentence: "1 of 1 cluster could not be judged completely",
      context: "Worst first",
      cluster: { state: "current", worst: "unknown", because: expect.stringContaining("Not known") },
    },
  ])("tells of a cluster that is $name", async ({ scans, sentence, context, cluster }) => {
    await aCluster("prod", ...scans);
    const told = await fleet();
    expect(told.sentence).toBe(sentence);
    expect(told.context).toContain(context);
    expect(told.clusters).toMatchObject([cluster]);
    expect(told.clusters[0]?.lastError?.message).toBe(scans.at(-1) === "failed" ? FAILURE.message : undefined);
  });

  it("sorts the worst first, then by name", async () => {
    await aCluster("b-unscanned");
    await aCluster("c-good", GOOD);
    await aCluster("d-critical", CRITICAL);
    await aCluster("a-unread", UNREAD);
    const told = await fleet();
    expect(told.clusters.map(({ name }) => name)).toEqual(["d-critical", "a-unread", "b-unscanned", "c-good"]);
    expect(told.sentence).toBe("1 of 4 clusters can be taken over from inside");
  });
});

describe("getCluster", () => {
  const cluster = async (id: string) => clusterDetailSchema.parse(await getCluster(actor, server.context, id));

  it("is unscanned before the first good scan", async () => {
    expect(await cluster(await aCluster("prod", "failed"))).toMatchObject({ type: "unscanned" });
  });

  it("shows the last good scan, its risks, and what changed since the one before", async () => {
    const detail = await cluster(await aCluster("prod", GOOD, CRITICAL, "failed"));
    expect(detail).toMatchObject({
      type: "scanned",
      overview: {
        cluster: { state: "failing", lastScan: { sequence: 2 } },
        topRisks: [{ severity: "critical", subject: "ServiceAccount:shop/ci", isNew: true }],
        changes: { fixed: 0 },
      },
    });
  });

  it("has nothing to compare the first scan with", async () => {
    expect(await cluster(await aCluster("prod", CRITICAL))).toMatchObject({
      overview: { changes: null, topRisks: [{ isNew: false }], unverified: { count: 0, risks: [] } },
    });
  });

  it("keeps what could not be checked again apart from what was fixed", async () => {
    expect(await cluster(await aCluster("prod", CRITICAL, UNREAD))).toMatchObject({
      overview: {
        changes: { fixed: 0 },
        topRisks: [],
        unverified: { count: 1, risks: [{ severity: "critical", subject: "ServiceAccount:shop/ci" }] },
      },
    });
    expect(await cluster(await aCluster("dev", CRITICAL, GOOD))).toMatchObject({
      overview: { changes: { fixed: 1 }, unverified: { count: 0 } },
    });
  });
});

const TOKEN = "secret-canary-token";
const SERVER = "https://cluster.example.com:6443";
const kubeconfig = (user: string) => `apiVersion: v1
kind: Config
current-context: main
clusters: [{name: c, cluster: {server: "${SERVER}"}}]
users: [{name: u, user: ${user}}]
contexts: [{name: main, context: {cluster: c, user: u}}]
`;

async function startWorker() {
  const { store, config } = server.context;
  const keys = await loadWorkerKeys(config.keyPath);
  const document = JSON.stringify({ publicJwk: keys.publicJwk, allowedNetworks: ["10.0.0.0/8"] });
  await store.putDocument(WORKER_DOCUMENT, document, Date.now());
  return keys;
}

describe("addCluster with a pasted kubeconfig", () => {
  const add = (user = `{token: ${TOKEN}}`) =>
    addCluster(actor, server.context, { type: "credential", name: "prod", kubeconfig: kubeconfig(user) });

  it("stores the credential sealed to the worker and its text nowhere", async () => {
    const { privateKey } = await startWorker();
    const { clusterId, job } = await add();
    expect(job).toMatchObject({ kind: "scan", clusterId, state: "queued" });
    const names = await readdir(server.folder);
    const stored = (await Promise.all(names.map((name) => readFile(join(server.folder, name), "latin1")))).join("");
    expect(stored).toContain(SERVER); // the files do hold what was stored
    for (const secret of [TOKEN, Buffer.from(TOKEN).toString("base64").slice(0, 20)])
      expect(stored).not.toContain(secret);
    expect(server.logged.join("")).not.toContain(TOKEN);
    const sealed = (await server.context.store.findCredential(clusterId)) ?? "";
    const binding = { clusterId, server: SERVER, caHash: hashOfCa(undefined), tlsServerName: "" };
    expect(await openCredential(sealed, binding, privateKey)).toMatchObject({ server: SERVER, token: TOKEN });
  });

  it.each([
    { name: "without a worker", worker: false, user: undefined, code: "unavailable" },
    { name: "that runs a program", worker: true, user: "{exec: {command: sh}}", code: "invalid_kubeconfig" },
  ])("$name stores nothing", async ({ worker, user, code }) => {
    if (worker) await startWorker();
    await expect(add(user)).rejects.toMatchObject({ code });
    expect(await server.context.store.listClusters()).toEqual([]);
    expect(await server.context.store.listActiveJobs()).toEqual([]);
  });
});

describe("checkKubeconfig", () => {
  it("shows contexts without their secrets", () => {
    const checked = checkKubeconfig(kubeconfig(`{token: ${TOKEN}}`));
    expect(checked).toEqual({
      currentContext: "main",
      contexts: [{ name: "main", server: SERVER, authKind: "token" }],
    });
  });

  it.each(["exec", "auth-provider", "tokenFile", "client-certificate"])("refuses %s by its name and place", (field) => {
    expect(() => checkKubeconfig(kubeconfig(`{${field}: {command: sh}}`))).toThrow(
      expect.objectContaining({
        code: "invalid_kubeconfig",
        message: expect.stringContaining(field),
        position: expect.objectContaining({ line: 5, field: `users[0].user.${field}` }),
      }),
    );
  });
});

it("getMeta takes a silent worker for gone", async () => {
  expect((await getMeta(actor, server.context)).worker).toEqual({ alive: false, lastSeenAt: null });
  await startWorker();
  expect(await getMeta(actor, server.context)).toMatchObject({
    worker: { alive: true },
    allowedNetworks: ["10.0.0.0/8"],
  });
  const { store } = server.context;
  const document = await store.findDocument(WORKER_DOCUMENT);
  await store.putDocument(WORKER_DOCUMENT, document?.json ?? "", Date.now() - 60_000);
  expect((await getMeta(actor, server.context)).worker.alive).toBe(false);
});
