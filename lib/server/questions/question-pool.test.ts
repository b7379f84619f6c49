import { afterAll, beforeAll, expect, it } from "vitest";
import { subjectsQuerySchema } from "#lib/contracts/access.ts";
import { aBinding, aClusterRole, aRule, aUser } from "#lib/testing/build-rbac.ts";
import { aServer, saveScanOf, type TestServer } from "#lib/testing/build-server.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { AppError } from "../../model/app-error.ts";
import { uuidV7 } from "../../store/index.ts";
import { QuestionPool } from "./question-pool.ts";

let server: TestServer;
let scanId = "";
beforeAll(async () => {
  server = await aServer();
  const { store } = server.context;
  const cluster = await store.createCluster({ name: "prod", source: { type: "in-cluster" }, createdAt: 1 });
  const snapshot = aSnapshot({
    clusterRoles: [aClusterRole("all", [aRule({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] })])],
    clusterRoleBindings: [aBinding({ name: "b", role: "all", subjects: [aUser("__proto__")] })],
  });
  scanId = (await saveScanOf(store, cluster.id, snapshot)).id;
});
afterAll(() => server.dispose());

it("answers from the stored snapshot, several questions at once to their own askers", async () => {
  const { questions } = server.context;
  const [subjects, detail, nobody] = await Promise.all([
    questions.ask(scanId, "listSubjects", subjectsQuerySchema.parse({})),
    questions.ask(scanId, "subjectDetail", "User:__proto__"),
    questions.ask(scanId, "listSubjects", subjectsQuerySchema.parse({ search: "nobody" })),
  ]);
  expect(subjects.items.map(({ subject }) => subject.name)).toEqual(["__proto__"]);
  expect(detail.row.subject).toMatchObject({ kind: "User", name: "__proto__" });
  expect(nobody.items).toEqual([]);
});

it("brings an expected failure over as AppError and goes on answering", async () => {
  const { questions } = server.context;
  const failure: unknown = await questions.ask(scanId, "subjectDetail", "User:nobody").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AppError);
  expect(failure).toMatchObject({ code: "not_found" });
  expect((await questions.ask(scanId, "subjectDetail", "User:__proto__")).row.subject.name).toBe("__proto__");
});

it("answers not_found for a scan that is not there, again and again", async () => {
  const id = uuidV7();
  for (let attempt = 0; attempt < 2; attempt += 1)
    await expect(server.context.questions.ask(id, "accessOptions")).rejects.toMatchObject({ code: "not_found" });
});

it("prepares a scan before it is asked about, and nothing happens for one that is not there", async () => {
  const { questions, log } = server.context;
  const pool = new QuestionPool(server.context.config.storePath, log);
  const before = server.logged.length;
  pool.prepare(uuidV7());
  pool.prepare(scanId);
  const [row] = (await pool.ask(scanId, "listSubjects", subjectsQuerySchema.parse({}))).items;
  expect(row).toEqual((await questions.ask(scanId, "subjectDetail", "User:__proto__")).row);
  expect(server.logged.slice(before)).toEqual([]);
});

it("rejects what waits for a thread that dies, logs it, and starts another one", async () => {
  // A thread whose store is a folder ends at its start.
  const questions = new QuestionPool(server.folder, server.context.log);
  const before = server.logged.length;
  const waiting = await Promise.allSettled([
    questions.ask(scanId, "accessOptions"),
    questions.ask(scanId, "accessOptions"),
  ]);
  const unavailable = expect.objectContaining({ code: "unavailable" });
  expect(waiting).toEqual([
    { status: "rejected", reason: unavailable },
    { status: "rejected", reason: unavailable },
  ]);
  expect(server.logged.slice(before).join("")).toContain("question thread failed");
  await expect(questions.ask(scanId, "accessOptions")).rejects.toEqual(unavailable);
  expect(server.logged.slice(before)).toHaveLength(2);
});
