import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, uuidV7 } from "../index.ts";
import { aStoredFinding } from "../testing/stored-finding.ts";

const WRITE_SCANS = fileURLToPath(new URL("../testing/write-scans.ts", import.meta.url));

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kordon-sqlite-"));
  path = join(folder, "data", "kordon.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("files", () => {
  it("belong to the owner alone", async () => {
    const store = await openStore({ path });
    await store.putDocument("a", "{}", 1);
    const mode = (file: string): number => statSync(file).mode & 0o777;
    expect(mode(join(folder, "data"))).toBe(0o700);
    const names = readdirSync(join(folder, "data"));
    expect(names.sort()).toEqual(["kordon.db", "kordon.db-shm", "kordon.db-wal"]);
    for (const name of names) expect([name, mode(join(folder, "data", name))]).toEqual([name, 0o600]);
    await store.close();
  });

  it("that are no database are refused and left alone", async () => {
    path = join(folder, "notes.txt");
    writeFileSync(
      path,
      "these are my notes, they are longer than a header of SQLite, which is one hundred bytes. ".repeat(20),
    );
    const before = statSync(path).size;
    await expect(openStore({ path })).rejects.toMatchObject({ code: "unavailable" });
    expect(statSync(path).size).toBe(before);
  });

  it("in a place that cannot be written are refused", async () => {
    writeFileSync(join(folder, "data"), "a file where the folder should be");
    await expect(openStore({ path })).rejects.toMatchObject({ code: "unavailable" });
  });

  it("of a newer version are refused unchanged", async () => {
    await (await openStore({ path })).close();
    withDatabase((database) => database.exec("insert into kysely_migration values ('9999-from-the-future', '')"));
    await expect(openStore({ path })).rejects.toThrow(/newer version/);
  });

  it("of an older version are brought up to date with everything in them", async () => {
    const first = await openStore({ path });
    const cluster = await first.createCluster({ name: "prod", source: { type: "in-cluster" }, createdAt: 1 });
    const done = await first.enqueueJob({ kind: "scan", clusterId: cluster.id, requestedAt: 1 });
    await first.close();
    // As the version before the third migration left it.
    withDatabase((database) => {
      database.exec("alter table jobs drop column request");
      database.exec("delete from kysely_migration where name = '0003-job-request'");
    });
    const second = await openStore({ path });
    expect(await second.listClusters()).toEqual([cluster]);
    expect(await second.getJob(done.id)).toEqual({ ...done, request: null });
    const job = { kind: "check-access", clusterId: cluster.id, request: "{}", requestedAt: 2 } as const;
    expect((await second.enqueueJob(job)).request).toBe("{}");
    await second.close();
  });

  it("keep what was saved over a restart", async () => {
    const first = await openStore({ path });
    const cluster = await first.createCluster({ name: "prod", source: { type: "in-cluster" }, createdAt: 1 });
    await first.close();
    const second = await openStore({ path });
    expect(await second.listClusters()).toEqual([cluster]);
    await second.close();
  });

  it("with damaged chunks give an error, never wrong content", async () => {
    const store = await openStore({ path });
    const { id: clusterId } = await store.createCluster({ name: "a", source: { type: "in-cluster" }, createdAt: 1 });
    const scanId = uuidV7();
    const content = { header: "header", chunks: [], results: new Map([["access", "result"]]) };
    await store.saveScan({
      id: scanId,
      clusterId,
      startedAt: 1,
      finishedAt: 2,
      summary: "",
      findings: [],
      unreadTopics: [],
      content,
    });
    withDatabase((database) => {
      const bodies = database.prepare("select body from chunks order by size_bytes").all();
      const other = bodies[0]?.["body"];
      database.prepare("update chunks set body = ?").run(other instanceof Uint8Array ? other : null);
    });
    await expect(
      store.readScanResult(scanId, "access").then(() => store.readScanContent(scanId)),
    ).rejects.toMatchObject({ code: "unavailable" });
    await store.close();
  });
});

it("reports a full disk as unavailable and keeps the store usable", async () => {
  const store = await openStore({ path });
  await store.close();
  const { withDatabaseErrors } = await import("./database-error.ts");
  withDatabase((database) => {
    database.exec("pragma max_page_count = 40");
    const fill = (): void => {
      const insert = database.prepare("insert into documents values (?, ?, 1)");
      for (let index = 0; index < 100; index += 1) insert.run(`name-${index}`, "x".repeat(4000));
    };
    expect(() => withDatabaseErrors(fill)).toThrow(/the disk is full/);
    expect(database.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  });
});

it("stores an unchanged scan of a large cluster in less than 50 KB", async () => {
  const store = await openStore({ path });
  const { id: clusterId } = await store.createCluster({ name: "a", source: { type: "in-cluster" }, createdAt: 1 });
  // 25,000 pods are about 60 chunks; 500 findings; a header of which only the times change.
  const chunks = Array.from({ length: 60 }, (_, index) => ({
    collection: "pods" as const,
    text: `${index} ${randomBytes(50_000).toString("hex")}`,
  }));
  const results = new Map([["access", randomBytes(100_000).toString("hex")]]);
  const findings = Array.from({ length: 500 }, (_, index) => aStoredFinding(`finding-${index}`));
  const save = async (day: number): Promise<number> => {
    const header = JSON.stringify({ collectedAt: day, apiResources: "pods".repeat(20_000) });
    const content = { header, chunks, results };
    const scan = { id: uuidV7(), clusterId, startedAt: day, finishedAt: day + 1, summary: "s".repeat(2000), findings };
    await store.saveScan({ ...scan, unreadTopics: [], content });
    return withDatabase((database) => {
      database.exec("pragma wal_checkpoint(truncate)");
      return statSync(path).size;
    });
  };
  const first = await save(1);
  for (let day = 2; day <= 5; day += 1) await save(day);
  const growth = (await save(6)) - first;
  expect(growth / 5).toBeLessThan(50_000);
  await store.close();
});

it("leaves no chunk behind when its last cluster is deleted", async () => {
  const clusterId = await aCluster();
  await startWriter(clusterId, 2).saved;
  const countRows = (table: string): unknown =>
    withDatabase((database) => database.prepare(`select count(*) as rows from ${table}`).get());
  expect(countRows("chunks")).toEqual({ rows: 2 * 31 });
  const store = await openStore({ path });
  await store.deleteCluster(clusterId);
  await store.close();
  for (const table of ["chunks", "scan_parts", "scans", "finding_lives", "finding_contents"]) {
    expect([table, countRows(table)]).toEqual([table, { rows: 0 }]);
  }
});

describe("processes", () => {
  it("start and write at once without losing anything", async () => {
    const clusterId = await aCluster();
    const children = [startWriter(clusterId, 10), startWriter(clusterId, 10), startWriter(clusterId, 10)];
    const saved = (await Promise.all(children.map(({ saved: ids }) => ids))).flat();
    expect(saved).toHaveLength(30);
    await expectWholeScans(clusterId, saved);
  });

  it("create one new database at once", async () => {
    const children = [1, 2, 3].map(() => startWriter("", 0).child);
    const exits = await Promise.all(children.map((child) => once(child, "exit")));
    expect(exits.map(([status]) => status)).toEqual([0, 0, 0]);
    const applied = withDatabase((database) => database.prepare("select name from kysely_migration").all());
    expect(applied.filter(({ name }) => name === "0001-first-schema")).toHaveLength(1);
  });

  it("may open a new database twice within themselves", async () => {
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ path })));
    await Promise.all(stores.map((store, index) => store.putDocument(`store-${index}`, "{}", 1)));
    expect(await stores[0]?.findDocument("store-2")).toEqual({ json: "{}", updatedAt: 1 });
    for (const store of stores) await store.close();
  });

  it("killed at any moment leave scans whole or absent", async () => {
    const clusterId = await aCluster();
    const saved: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const { child, saved: ids, firstSaved } = startWriter(clusterId, 1000);
      await firstSaved;
      await sleep(randomInt(60));
      child.kill("SIGKILL");
      saved.push(...(await ids));
      await expectWholeScans(clusterId, saved);
    }
    expect(saved.length).toBeGreaterThanOrEqual(10);
  }, 60_000);
});

async function aCluster(): Promise<string> {
  const store = await openStore({ path });
  const cluster = await store.createCluster({ name: "a", source: { type: "in-cluster" }, createdAt: 1 });
  await store.close();
  return cluster.id;
}

interface Writer {
  readonly child: ChildProcessByStdio<null, Readable, null>;
  /** Resolves when the first id was reported. */
  readonly firstSaved: Promise<unknown>;
  /** Ids reported until the end of the process. */
  readonly saved: Promise<readonly string[]>;
}

function startWriter(clusterId: string, count: number): Writer {
  const child = spawn(process.execPath, [WRITE_SCANS, path, clusterId, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  // A killed process may leave half a line: it did not report that scan.
  const saved = once(child, "close").then(() => output.split("\n").slice(0, -1));
  return { child, firstSaved: once(child.stdout, "data"), saved };
}

async function expectWholeScans(clusterId: string, saved: readonly string[]): Promise<void> {
  const startedAt = performance.now();
  const store = await openStore({ path });
  expect(performance.now() - startedAt).toBeLessThan(5000);
  const scans = await store.listScans(clusterId);
  expect(scans.map(({ sequence }) => sequence)).toEqual(scans.map((_, index) => scans.length - index));
  const ids = new Set(scans.map(({ id }) => id));
  expect(saved.filter((id) => !ids.has(id))).toEqual([]);
  for (const { id, sequence } of scans.slice(0, 5)) {
    const content = await store.readScanContent(id);
    expect([content.header, content.chunks.length, content.results.get("access")]).toEqual([id, 30, id]);
    const findings = await store.listFindings(clusterId, sequence);
    expect(findings.filter(({ finding }) => finding.fingerprint.startsWith(id))).toHaveLength(300);
  }
  await store.close();
  withDatabase((database) => {
    expect(database.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
    expect(database.prepare("pragma foreign_key_check").all()).toEqual([]);
  });
}

function withDatabase<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
