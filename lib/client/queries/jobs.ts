import { queryOptions } from "@tanstack/react-query";
import { jobSchema, type Job } from "../../contracts/jobs.ts";
import { fetchJson } from "../fetch-json.ts";

const POLL_MS = 2_000;

export const jobKeys = { one: (jobId: string) => ["jobs", jobId] as const };

export function isFinished(job: Job): boolean {
  return job.state === "done" || job.state === "failed" || job.state === "interrupted";
}

export function jobEventsPath(jobId: string): string {
  return `/api/v1/jobs/${encodeURIComponent(jobId)}/events`;
}

/** Polls as well: a proxy that holds back event streams then costs two seconds, not the answer. */
export function jobQuery(jobId: string) {
  return queryOptions({
    queryKey: jobKeys.one(jobId),
    queryFn: ({ signal }) => fetchJson(jobSchema, `/api/v1/jobs/${encodeURIComponent(jobId)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isFinished(state.data) ? false : POLL_MS),
  });
}
