import type { Finding } from "../../model/finding.ts";
import type { Topic } from "../../model/topics.ts";
import type { ClusterRecord, SavedScan, ScanContent, Store } from "../store.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aStoredFinding } from "./stored-finding.ts";
import { uuidV7 } from "../uuid-v7.ts";

/** An empty store; `openAgain` connects to the same data as another process would. */
export interface StoreUnderTest {
  readonly store: Store;
  openAgain(): Promise<Store>;
  /** Closes every connection and removes the data. */
  dispose(): Promise<void>;
}

const HOSTILE_NAMES = [
  "__proto__",
  "constructor",
  "<img src=x onerror=alert(1)>",
  "a\u202Eb",
  "'; drop table clusters; --",
];

/** What every implementation of `Store` guarantees. */
export function describeStoreContract(backend: string, create: () => Promise<StoreUnderTest>): void {
  describe(`store on ${backend}`, () => {
    let underTest: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      underTest = await create();
      store = underTest.store;
    });
    afterEach(() => underTest.dispose());

    const aCluster = (name = "prod"): Promise<ClusterRecord> =>
      store.createCluster({ name, source: { type: "demo", name: "messy" }, createdAt: 1000 });

    describe("clusters", () => {
      it.each(HOSTILE_NAMES)("keeps the name %j unchanged", async (name) => {
        const cluster = await aCluster(name);
        expect(await store.getCluster(cluster.id)).toEqual({
          id: cluster.id,
          name,
          source: { type: "demo", name: "messy" },
          createdAt: 1000,
        });
      });

      it("lists them in the order of creation and renames them", async () => {
        const first = await aCluster("first");
        const second = await aCluster("second");
        await store.renameCluster(first.id, "renamed");
        expect(await store.listClusters()).toEqual([{ ...first, name: "renamed" }, second]);
      });

      it("answers not_found for a cluster that is not there, whatever is asked", async () => {
        const id = uuidV7();
        const error = { code: "internal", message: "x" };
        const calls: (() => Promise<unknown>)[] = [
          () => store.getCluster(id),
          () => store.renameCluster(id, "x"),
          () => store.deleteCluster(id),
          () => store.saveCredential(id, "sealed"),
          () => store.saveScan(aScan(id)),
          () => store.saveFailedScan({ clusterId: id, state: "failed", startedAt: 1, finishedAt: 2, error }),
          () => store.enqueueJob({ kind: "scan", clusterId: id, requestedAt: 1 }),
          () => store.readScanContent(id),
          () => store.getJob(id),
        ];
        for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "not_found" });
        expect(await store.findCredential(id)).toBeNull();
        expect(await store.findLatestScan(id)).toBeNull();
        expect(await store.listScans(id)).toEqual([]);
        expect(await store.readScanResult(id, "access")).toBeNull();
      });

      it("removes a cluster with everything of it and keeps chunks that another one uses", async () => {
        const gone = await aCluster("gone");
        const kept = await aCluster("kept");
        await store.saveCredential(gone.id, "sealed");
        const goneScan = await store.saveScan(aScan(gone.id, { findings: [aStoredFinding("a")] }));
        const keptScan = await store.saveScan(aScan(kept.id, { findings: [aStoredFinding("a")] }));
        const job = await store.enqueueJob({ kind: "scan", clusterId: gone.id, requestedAt: 1 });
        await store.deleteCluster(gone.id);
        expect(await store.findCredential(gone.id)).toBeNull();
        expect(await store.listScans(gone.id)).toEqual([]);
        expect(await store.listFindings(gone.id, 1)).toEqual([]);
        await expect(store.getJob(job.id)).rejects.toMatchObject({ code: "not_found" });
        await expect(store.readScanContent(goneScan.id)).rejects.toMatchObject({ code: "not_found" });
        expect(await store.readScanContent(keptScan.id)).toEqual(CONTENT);
        expect(await store.listFindings(kept.id, 1)).toHaveLength(1);
      });

      it("replaces a credential", async () => {
        const { id } = await aCluster();
        await store.saveCredential(id, "first");
        await store.saveCredential(id, "second");
        expect(await store.findCredential(id)).toBe("second");
      });
    });

    describe("scans", () => {
      it("gives content back unchanged and numbers scans from 1, failed ones too", async () => {
        const { id } = await aCluster();
        const saved = await store.saveScan(
          aScan(id, { findings: [aStoredFinding("a", "high"), aStoredFinding("b", "low")] }),
        );
        expect(saved).toMatchObject({ clusterId: id, sequence: 1, state: "complete", summary: "{}", error: null });
        expect(saved.findings).toEqual({ critical: 0, high: 1, medium: 0, low: 1 });
        const error = { code: "cluster_timeout", message: "No answer.", hint: "Try again." };
        const failed = await store.saveFailedScan({
          clusterId: id,
          state: "failed",
          startedAt: 5,
          finishedAt: 6,
          error,
        });
        expect(failed).toMatchObject({ sequence: 2, state: "failed", error, findings: null, summary: null });
        expect((await store.saveScan(aScan(id))).sequence).toBe(3);
        expect(await store.readScanContent(saved.id)).toEqual(CONTENT);
        expect(await store.readScanResult(saved.id, "__proto__")).toBe('{"result":true}');
        expect(await store.readScanResult(saved.id, "nothing")).toBeNull();
        await expect(store.readScanContent(failed.id)).rejects.toMatchObject({ code: "not_found" });
      });

      it("numbers scans of different clusters apart", async () => {
        const [first, second] = [await aCluster("a"), await aCluster("b")];
        await store.saveScan(aScan(first.id));
        expect((await store.saveScan(aScan(second.id))).sequence).toBe(1);
      });

      it("lists newest first, by state and up to a limit", async () => {
        const { id } = await aCluster();
        const records = await scanHistory(store, id);
        expect(await store.listScans(id)).toEqual(records.toReversed());
        expect(await store.listScans(id, { limit: 2 })).toEqual(records.toReversed().slice(0, 2));
        expect(await store.listScans(id, { state: "failed" })).toEqual([records[3], records[1]]);
        expect(await store.findLatestScan(id)).toEqual(records[3]);
        expect(await store.findLatestScan(id, "complete")).toEqual(records[2]);
        expect(await store.findLatestScan(id, "interrupted")).toBeNull();
      });

      it("gives the states of all clusters at once, also of one without scans", async () => {
        const [first, empty] = [await aCluster("a"), await aCluster("b")];
        const records = await scanHistory(store, first.id);
        const states = await store.listClusterStates(1);
        expect([...states.keys()].sort()).toEqual([first.id, empty.id].sort());
        expect(states.get(empty.id)).toEqual({ latest: null, latestComplete: null, trend: [] });
        expect(states.get(first.id)).toEqual({ latest: records[3], latestComplete: records[2], trend: [records[2]] });
        expect((await store.listClusterStates(9)).get(first.id)?.trend).toEqual([records[0], records[2]]);
        expect((await store.listClusterStates(0)).get(first.id)).toMatchObject({
          latestComplete: records[2],
          trend: [],
        });
      });

      it("refuses an id that was saved before and changes nothing", async () => {
        const { id } = await aCluster();
        const scan = aScan(id, { findings: [aStoredFinding("a")] });
        await store.saveScan(scan);
        await expect(store.saveScan({ ...scan, findings: [] })).rejects.toMatchObject({ code: "conflict" });
        expect(await store.listScans(id)).toHaveLength(1);
        expect(await store.listFindings(id, 1)).toHaveLength(1);
      });

      it("gives every one of overlapping saves its own number", async () => {
        const { id } = await aCluster();
        const other = await underTest.openAgain();
        const saves = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? store : other).saveScan(aScan(id)));
        const sequences = (await Promise.all(saves)).map(({ sequence }) => sequence);
        expect(sequences.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      });

      it("is seen by another connection as soon as it is saved", async () => {
        const { id } = await aCluster();
        const scan = await store.saveScan(aScan(id));
        const other = await underTest.openAgain();
        expect(await other.readScanContent(scan.id)).toEqual(CONTENT);
      });
    });

    describe("findings", () => {
      it("lists those of one scan worst first, each with its life", async () => {
        const { id } = await aCluster();
        await saveFindings(id, 100, [aStoredFinding("a", "low"), aStoredFinding("b", "critical")]);
        await saveFindings(id, 200, [aStoredFinding("a", "low"), aStoredFinding("c", "medium")]);
        expect(await store.listFindings(id, 1)).toEqual([
          {
            finding: aStoredFinding("b", "critical"),
            firstSeenAt: 100,
            firstScanSequence: 1,
            closedScanSequence: 2,
            verified: true,
          },
          {
            finding: aStoredFinding("a", "low"),
            firstSeenAt: 100,
            firstScanSequence: 1,
            closedScanSequence: null,
            verified: true,
          },
        ]);
        expect(await store.listFindings(id, 2)).toEqual([
          {
            finding: aStoredFinding("c", "medium"),
            firstSeenAt: 200,
            firstScanSequence: 2,
            closedScanSequence: null,
            verified: true,
          },
          {
            finding: aStoredFinding("a", "low"),
            firstSeenAt: 100,
            firstScanSequence: 1,
            closedScanSequence: null,
            verified: true,
          },
        ]);
        expect(await store.countFindingChanges(id, 1)).toEqual({ opened: 2, closed: 0 });
        expect(await store.countFindingChanges(id, 2)).toEqual({ opened: 1, closed: 1 });
      });

      it("keeps the first sight of a finding whose content changes, and what each scan said", async () => {
        const { id } = await aCluster();
        await saveFindings(id, 100, [aStoredFinding("a", "low")]);
        await saveFindings(id, 200, [aStoredFinding("a", "critical")]);
        const life = { firstSeenAt: 100, firstScanSequence: 1, closedScanSequence: null, verified: true };
        expect(await store.listFindings(id, 1)).toEqual([{ finding: aStoredFinding("a", "low"), ...life }]);
        expect(await store.listFindings(id, 2)).toEqual([{ finding: aStoredFinding("a", "critical"), ...life }]);
        expect(await store.countFindingChanges(id, 2)).toEqual({ opened: 0, closed: 0 });
      });

      it("starts a new life when a finding comes back", async () => {
        const { id } = await aCluster();
        await saveFindings(id, 100, [aStoredFinding("a")]);
        await saveFindings(id, 200, []);
        await saveFindings(id, 300, [aStoredFinding("a")]);
        expect(await store.listFindings(id, 2)).toEqual([]);
        expect(await store.listFindings(id, 3)).toMatchObject([{ firstSeenAt: 300, firstScanSequence: 3 }]);
        expect(await store.countFindingChanges(id, 3)).toEqual({ opened: 1, closed: 0 });
      });

      it("keeps what a scan could not check again as unverified, until one can tell", async () => {
        const { id } = await aCluster();
        const life = { firstSeenAt: 100, firstScanSequence: 1, closedScanSequence: null };
        await saveFindings(id, 100, [aStoredFinding("a"), aStoredFinding("b")]);
        await saveFindings(id, 200, [aStoredFinding("b")], ["access"]);
        await saveFindings(id, 300, [aStoredFinding("b")], ["access"]);
        for (const sequence of [2, 3]) {
          expect(await store.listFindings(id, sequence)).toEqual([
            { finding: aStoredFinding("a"), ...life, verified: false },
            { finding: aStoredFinding("b"), ...life, verified: true },
          ]);
          expect(await store.countFindingChanges(id, sequence)).toEqual({ opened: 0, closed: 0 });
        }
        await saveFindings(id, 400, [aStoredFinding("a")], ["pods"]);
        expect(await store.listFindings(id, 4)).toEqual([{ finding: aStoredFinding("a"), ...life, verified: true }]);
        expect(await store.countFindingChanges(id, 4)).toEqual({ opened: 0, closed: 1 });
        await saveFindings(id, 500, []);
        expect(await store.listFindings(id, 5)).toEqual([]);
      });

      it("leaves findings open over a failed scan", async () => {
        const { id } = await aCluster();
        await saveFindings(id, 100, [aStoredFinding("a")]);
        const error = { code: "internal", message: "x" };
        await store.saveFailedScan({ clusterId: id, state: "interrupted", startedAt: 1, finishedAt: 2, error });
        expect(await store.listFindings(id, 2)).toMatchObject([{ firstScanSequence: 1, closedScanSequence: null }]);
        expect(await store.countFindingChanges(id, 2)).toEqual({ opened: 0, closed: 0 });
      });

      it("takes thousands, and two with one fingerprint as one", async () => {
        const { id } = await aCluster();
        const many = Array.from({ length: 2500 }, (_, index) => aStoredFinding(`finding-${index}`));
        const record = await saveFindings(id, 100, [...many, aStoredFinding("finding-0", "critical")]);
        expect(record.findings).toEqual({ critical: 0, high: 2500, medium: 0, low: 0 });
        expect(await store.listFindings(id, 1)).toHaveLength(2500);
        await saveFindings(id, 200, []);
        expect(await store.countFindingChanges(id, 2)).toEqual({ opened: 0, closed: 2500 });
      });

      const saveFindings = (
        clusterId: string,
        finishedAt: number,
        findings: readonly Finding[],
        unreadTopics: readonly Topic[] = [],
      ) => store.saveScan({ ...aScan(clusterId, { findings }), finishedAt, unreadTopics });
    });

    describe("jobs", () => {
      const lease = (owner: string, now: number, on: Store = store) =>
        on.leaseJob({ owner, now, leaseUntil: now + 100 });

      it("runs a job from queued to done", async () => {
        const { id: clusterId } = await aCluster();
        const queued = await store.enqueueJob({ kind: "scan", clusterId, requestedAt: 10 });
        expect(queued).toMatchObject({ kind: "scan", clusterId, state: "queued", attempt: 0, requestedAt: 10 });
        expect(await lease("w", 20)).toMatchObject({ id: queued.id, state: "running", attempt: 1, startedAt: 20 });
        expect(await store.listActiveJobs()).toMatchObject([{ id: queued.id, state: "running" }]);
        expect(await store.renewJob({ id: queued.id, owner: "w", leaseUntil: 200, progress: "{}" })).toBe(true);
        const end = { id: queued.id, owner: "w", result: '{"ok":1}', error: null, finishedAt: 30 };
        expect(await store.finishJob({ ...end, state: "done" })).toBe(true);
        expect(await store.finishJob({ ...end, state: "failed" })).toBe(false);
        expect(await store.getJob(queued.id)).toMatchObject({
          state: "done",
          progress: "{}",
          result: '{"ok":1}',
          finishedAt: 30,
        });
        expect(await store.listActiveJobs()).toEqual([]);
      });

      it("allows one waiting or running scan per cluster, and other kinds beside it", async () => {
        const [first, second] = [await aCluster("a"), await aCluster("b")];
        const scan = (clusterId: string) => store.enqueueJob({ kind: "scan", clusterId, requestedAt: 1 });
        const { id } = await scan(first.id);
        await expect(scan(first.id)).rejects.toMatchObject({ code: "conflict" });
        await scan(second.id);
        await store.enqueueJob({ kind: "test-connection", clusterId: first.id, requestedAt: 1 });
        await lease("w", 5);
        await expect(scan(first.id)).rejects.toMatchObject({ code: "conflict" });
        const error = { code: "cluster_timeout", message: "No answer." };
        await store.finishJob({ id, owner: "w", state: "failed", result: null, error, finishedAt: 9 });
        expect((await store.getJob(id)).error).toEqual(error);
        await expect(scan(first.id)).resolves.toMatchObject({ state: "queued" });
      });

      it.each(["check-access", "scan"] as const)("allows one waiting or running %s per cluster", async (kind) => {
        const [first, second] = [await aCluster("a"), await aCluster("b")];
        const { id } = await store.enqueueJob({ kind, clusterId: first.id, requestedAt: 1 });
        const again = () => store.enqueueJob({ kind, clusterId: first.id, requestedAt: 2 });
        await expect(again()).rejects.toMatchObject({ code: "conflict" });
        await store.enqueueJob({ kind, clusterId: second.id, requestedAt: 3 });
        await lease("w", 5);
        await expect(again()).rejects.toMatchObject({ code: "conflict" });
        await store.finishJob({ id, owner: "w", state: "done", result: null, error: null, finishedAt: 9 });
        await expect(again()).resolves.toMatchObject({ state: "queued" });
      });

      it("keeps what a job was asked to do, unchanged, also over a second lease", async () => {
        const { id: clusterId } = await aCluster();
        const request = JSON.stringify(HOSTILE_NAMES);
        const { id } = await store.enqueueJob({ kind: "check-access", clusterId, request, requestedAt: 1 });
        expect((await store.getJob(id)).request).toBe(request);
        expect((await lease("first", 10))?.request).toBe(request);
        expect(await lease("second", 110)).toMatchObject({ id, attempt: 2, request });
        const plain = await store.enqueueJob({ kind: "scan", clusterId, requestedAt: 1 });
        expect((await store.getJob(plain.id)).request).toBeNull();
      });

      it("hands out the oldest first, of the wanted kinds only", async () => {
        const later = await store.enqueueJob({ kind: "refresh-sources", clusterId: null, requestedAt: 20 });
        const sooner = await store.enqueueJob({ kind: "test-connection", clusterId: null, requestedAt: 10 });
        expect((await store.listActiveJobs()).map(({ id }) => id)).toEqual([sooner.id, later.id]);
        const wanted = { owner: "w", now: 30, leaseUntil: 60 };
        expect(await store.leaseJob({ ...wanted, kinds: [] })).toBeNull();
        expect((await store.leaseJob({ ...wanted, kinds: ["refresh-sources"] }))?.id).toBe(later.id);
        expect((await store.leaseJob(wanted))?.id).toBe(sooner.id);
        expect(await store.leaseJob(wanted)).toBeNull();
      });

      it("gives a job whose lease ran out to the next worker; the first one learns that it lost it", async () => {
        const { id } = await store.enqueueJob({ kind: "refresh-sources", clusterId: null, requestedAt: 1 });
        await lease("first", 10);
        expect(await lease("second", 109)).toBeNull();
        expect(await lease("second", 110)).toMatchObject({ id, attempt: 2, startedAt: 110, progress: null });
        expect(await store.renewJob({ id, owner: "first", leaseUntil: 999, progress: "{}" })).toBe(false);
        const end = { id, state: "done", result: "{}", error: null, finishedAt: 120 } as const;
        expect(await store.finishJob({ ...end, owner: "first" })).toBe(false);
        expect(await store.getJob(id)).toMatchObject({ state: "running", result: null });
        expect(await store.finishJob({ ...end, owner: "second" })).toBe(true);
      });

      it("gives each job to exactly one of racing workers", async () => {
        const other = await underTest.openAgain();
        for (let index = 0; index < 20; index += 1) {
          await store.enqueueJob({ kind: "refresh-sources", clusterId: null, requestedAt: index });
        }
        const leases = Array.from({ length: 40 }, (_, index) =>
          lease(`w${index}`, 100, index % 2 === 0 ? store : other),
        );
        const taken = (await Promise.all(leases)).flatMap((job) => (job ? [job.id] : []));
        expect(taken).toHaveLength(20);
        expect(new Set(taken).size).toBe(20);
      });
    });

    it("replaces documents, also with hostile names", async () => {
      expect(await store.findDocument("worker")).toBeNull();
      for (const name of HOSTILE_NAMES) await store.putDocument(name, '{"v":1}', 1);
      for (const name of HOSTILE_NAMES) {
        await store.putDocument(name, JSON.stringify({ name }), 2);
        expect(await store.findDocument(name)).toEqual({ json: JSON.stringify({ name }), updatedAt: 2 });
      }
    });
  });
}

/** Text that needs escapes, several bytes per character, and equal chunks. */
const CONTENT: ScanContent = {
  header: '{"format":"x"}',
  chunks: [
    { collection: "namespaces", text: '{"name":"größe 決済 🚀 \\u202e"}' },
    { collection: "pods", text: "pod".repeat(1000) },
    { collection: "pods", text: "pod".repeat(1000) },
  ],
  results: new Map([
    ["access", ""],
    ["__proto__", '{"result":true}'],
  ]),
};

function aScan(clusterId: string, { findings = [] }: { readonly findings?: readonly Finding[] } = {}): SavedScan {
  return {
    id: uuidV7(),
    clusterId,
    startedAt: 1,
    finishedAt: 2,
    content: CONTENT,
    summary: "{}",
    findings,
    unreadTopics: [],
  };
}

/** Sequences 1 and 3 complete, 2 and 4 failed. */
async function scanHistory(store: Store, clusterId: string) {
  const error = { code: "cluster_timeout", message: "No answer." };
  const fail = () => store.saveFailedScan({ clusterId, state: "failed", startedAt: 1, finishedAt: 2, error });
  return [await store.saveScan(aScan(clusterId)), await fail(), await store.saveScan(aScan(clusterId)), await fail()];
}
