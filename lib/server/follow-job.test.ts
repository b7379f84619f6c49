import { afterEach, beforeEach, expect, it } from "vitest";
import { jobSchema, type Job } from "#lib/contracts/jobs.ts";
import { aServer, type TestServer } from "#lib/testing/build-server.ts";
import { uuidV7 } from "../store/index.ts";
import { currentActor } from "./actor.ts";
import { followJob } from "./follow-job.ts";

let server: TestServer;
beforeEach(async () => {
  server = await aServer();
});
afterEach(() => server.dispose());

const follow = (jobId: string) => followJob(currentActor(), server.context, jobId, new AbortController().signal);

async function* eventsOf(response: Response): AsyncGenerator<Job> {
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    for (const event of decoder.decode(bytes).split("\n\n").filter(Boolean)) {
      expect(event.startsWith("data: ")).toBe(true);
      yield jobSchema.parse(JSON.parse(event.slice("data: ".length)));
    }
  }
}

it("tells every change once, the end last, and closes", async () => {
  const { store } = server.context;
  const { id } = await store.enqueueJob({ kind: "refresh-sources", clusterId: null, requestedAt: 1 });
  const response = await follow(id);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("cache-control")).toContain("no-store");
  const lease = { owner: "w", now: 2, leaseUntil: 9e12 };
  const error = { code: "cluster_timeout", message: "It took too long" };
  const seen: Job[] = [];
  for await (const job of eventsOf(response)) {
    seen.push(job);
    if (job.state === "queued") await store.leaseJob(lease);
    else if (job.state === "running")
      await store.finishJob({ id, owner: "w", state: "failed", result: null, error, finishedAt: 3 });
  }
  expect(seen.map(({ state }) => state)).toEqual(["queued", "running", "failed"]);
  expect(seen.at(-1)).toMatchObject({ id, error, finishedAt: "1970-01-01T00:00:00.003Z" });
});

it("closes when the job goes away with its cluster", async () => {
  const { store } = server.context;
  const cluster = await store.createCluster({ name: "a", source: { type: "in-cluster" }, createdAt: 1 });
  const { id } = await store.enqueueJob({ kind: "scan", clusterId: cluster.id, requestedAt: 1 });
  const states: string[] = [];
  for await (const { state } of eventsOf(await follow(id))) {
    states.push(state);
    await store.deleteCluster(cluster.id);
  }
  expect(states).toEqual(["queued"]);
});

it("refuses a job that is not there before it answers anything", async () => {
  await expect(follow(uuidV7())).rejects.toMatchObject({ code: "not_found" });
});
