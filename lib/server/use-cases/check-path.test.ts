import { afterEach, beforeEach, expect, it } from "vitest";
import { checkAccessRequestSchema } from "#lib/contracts/access-check.ts";
import { jobSchema } from "#lib/contracts/jobs.ts";
import { subjectPathsSchema } from "#lib/contracts/paths.ts";
import type { StoredSource } from "#lib/store/index.ts";
import { aGrantedCluster } from "#lib/testing/build-escalations.ts";
import { aServer, saveScanOf, type TestServer } from "#lib/testing/build-server.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { currentActor } from "../actor.ts";
import { getSubjectPaths } from "./access.ts";
import { checkPath } from "./check-path.ts";

const actor = currentActor();
const ALICE = "User:alice";
const SNAPSHOT = aSnapshot(aGrantedCluster({ rules: [{ verbs: ["create"], resources: ["pods/exec"] }], in: "ops" }));
let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});
afterEach(() => server.dispose());

async function aScannedCluster(source: StoredSource = { type: "in-cluster" }) {
  const { store } = server.context;
  const { id } = await store.createCluster({ name: "prod", source, createdAt: 1 });
  return { id, scanId: (await saveScanOf(store, id, SNAPSHOT)).id };
}
const check = (clusterId: string, scanId: string, { subject = ALICE, to = "", path = 0 } = {}) =>
  checkPath(actor, server.context, clusterId, subject, { to, path, scanId });

it("stores every question of the shown path once, made from the scan", async () => {
  const { id, scanId } = await aScannedCluster();
  const query = { to: "", max: 5 };
  const shown = subjectPathsSchema.parse(await getSubjectPaths(actor, server.context, id, ALICE, query));
  expect(shown.liveCheck).toEqual({ scanId, impossible: null });
  const job = jobSchema.parse(await check(id, scanId));
  expect(job).toMatchObject({ kind: "check-access", clusterId: id, state: "queued", accessCheck: null });
  const { request } = await server.context.store.getJob(job.id);
  const stored = checkAccessRequestSchema.parse(JSON.parse(request ?? ""));
  expect(stored.scanId).toBe(scanId);
  expect(stored.reviews.length).toBeGreaterThan(1);
  expect(stored.reviews).toEqual(shown.paths[0]?.steps.flatMap(({ needs }) => needs.flatMap(({ reviews }) => reviews)));
});

it.each<{ readonly name: string; readonly source: StoredSource }>([
  { name: "manifests", source: { type: "manifests", paths: ["deploy"] } },
  { name: "a saved snapshot", source: { type: "snapshot", path: "a.snap" } },
  { name: "the demo", source: { type: "demo", name: "messy" } },
])("refuses a cluster of $name, and its page says why", async ({ name, source }) => {
  const { id, scanId } = await aScannedCluster(source);
  await expect(check(id, scanId)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(name) });
  const { liveCheck } = await getSubjectPaths(actor, server.context, id, ALICE, { to: "", max: 5 });
  expect(liveCheck.impossible).toContain("no API server to ask");
  expect(await server.context.store.listActiveJobs()).toEqual([]);
});

it.each([
  { name: "a path that is not there", options: { path: 7 }, code: "not_found" },
  { name: "a subject that is not there", options: { subject: "User:nobody" }, code: "not_found" },
  { name: "a target that is none", options: { to: "nowhere" }, code: "invalid_input" },
])("answers $code for $name", async ({ options, code }) => {
  const { id, scanId } = await aScannedCluster();
  await expect(check(id, scanId, options)).rejects.toMatchObject({ code });
  expect(await server.context.store.listActiveJobs()).toEqual([]);
});

it("refuses a path of an older scan, a scan of another cluster, and a second check at once", async () => {
  const { id, scanId } = await aScannedCluster();
  const other = await aScannedCluster();
  await expect(check(id, other.scanId)).rejects.toMatchObject({ code: "conflict" });
  const newer = await saveScanOf(server.context.store, id, SNAPSHOT);
  await expect(check(id, scanId)).rejects.toMatchObject({ code: "conflict", hint: expect.stringContaining("Reload") });
  await check(id, newer.id);
  await expect(check(id, newer.id)).rejects.toMatchObject({ code: "conflict" });
  await expect(check(other.id, other.scanId)).resolves.toMatchObject({ state: "queued" });
});
