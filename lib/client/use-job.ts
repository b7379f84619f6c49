"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { jobSchema, type Job } from "../contracts/jobs.ts";
import { isFinished, jobEventsPath, jobKeys, jobQuery } from "./queries/jobs.ts";

/** Follows a job by its event stream; null until the first answer or without a job. */
export function useJob(initial: Job | null): Job | null {
  const client = useQueryClient();
  const jobId = initial?.id ?? null;
  const follow = initial !== null && !isFinished(initial);
  const { data } = useQuery({ ...jobQuery(jobId ?? ""), enabled: follow });

  useEffect(() => {
    if (jobId === null || !follow) return;
    const events = new EventSource(jobEventsPath(jobId));
    events.onmessage = (event: MessageEvent<unknown>) => {
      const job = parseJob(event.data);
      if (!job) return;
      client.setQueryData(jobKeys.one(jobId), job);
      if (isFinished(job)) events.close();
    };
    // A broken stream is left to the polling of `jobQuery`.
    events.onerror = () => events.close();
    return () => events.close();
  }, [client, follow, jobId]);

  if (initial === null) return null;
  return data ?? initial;
}

function parseJob(data: unknown): Job | null {
  if (typeof data !== "string") return null;
  try {
    return jobSchema.parse(JSON.parse(data));
  } catch {
    // An event of another version: the next poll brings the state.
    return null;
  }
}
