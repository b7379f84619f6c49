"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { clusterKeys } from "#lib/client/queries/clusters.ts";
import { isFinished } from "#lib/client/queries/jobs.ts";
import { useJob } from "#lib/client/use-job.ts";
import type { Job } from "#lib/contracts/jobs.ts";

/** Follows the job of a cluster and loads everything about clusters again when it has finished. */
export function useScanRefresh(activeJob: Job | null): Job | null {
  const client = useQueryClient();
  const job = useJob(activeJob);
  const doneRef = useRef<string | null>(null);
  useEffect(() => {
    if (!job || !isFinished(job) || doneRef.current === job.id) return;
    doneRef.current = job.id;
    void client.invalidateQueries({ queryKey: clusterKeys.all });
  }, [client, job]);
  return job && !isFinished(job) ? job : null;
}
